const HERE = 'http://console.invalid';

/**
 * Where somebody goes on after signing in: a place of the console, which is one page. Whatever leads elsewhere leads to its
 * start, so that our own address cannot be made to send people on to another.
 */
export function returnPath(given: string | undefined): string {
  if (given === undefined || !URL.canParse(given, HERE)) return '/';
  const { origin, pathname, search, hash } = new URL(given, HERE);
  return origin === HERE && pathname === '/' ? `/${search}${hash}` : '/';
}
