export interface SafeLink {
  readonly href: string;
  /** What is shown: the host in ASCII, so that look-alike letters show themselves, and the path. */
  readonly host: string;
  readonly path: string;
  /** The host has letters that may look like others: it is not the name that the post's author typed. */
  readonly lookAlike: boolean;
}

const PATH_SHOWN = 32;

/** A post's link, or undefined for anything but http and https: the link was written by whoever wrote the post. */
export function safeLink(url: string | null): SafeLink | undefined {
  if (url === null || !URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  if (parsed.protocol !== 'https:' && parsed.protocol !== 'http:') return undefined;
  const path = parsed.pathname === '/' ? '' : parsed.pathname;
  return {
    href: parsed.href,
    host: parsed.host,
    lookAlike: parsed.hostname.split('.').some((label) => label.startsWith('xn--')),
    path: path.length > PATH_SHOWN ? `${path.slice(0, PATH_SHOWN)}…` : path,
  };
}
