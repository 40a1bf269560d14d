type Release = () => Promise<void> | void;

/**
 * What was acquired, to be released in reverse. One failing release does not stop the others; the first error is kept.
 */
export class Releasers {
  readonly #stack: { name: string; release: Release }[] = [];

  push(name: string, release: Release): void {
    this.#stack.push({ name, release });
  }

  /** @returns the first error, if any release failed */
  async releaseAll(onError: (name: string, error: unknown) => void): Promise<unknown> {
    let first: unknown;
    for (let entry = this.#stack.pop(); entry !== undefined; entry = this.#stack.pop()) {
      try {
        await entry.release();
      } catch (error) {
        first ??= error;
        onError(entry.name, error);
      }
    }
    return first;
  }
}
