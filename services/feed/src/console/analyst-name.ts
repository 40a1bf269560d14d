const KEY = 'siaga-name';

/** Under which name this browser's analyst decides; asked for once, until there is a sign-in to say it. */
export function analystName(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

/** A browser may refuse storage; then it is asked for again. */
export function keepAnalystName(name: string): void {
  try {
    localStorage.setItem(KEY, name);
  } catch {
    // See above.
  }
}
