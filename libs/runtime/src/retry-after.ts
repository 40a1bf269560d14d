const LONGEST_MS = 60 * 60 * 1000;

/**
 * How long a server asks to be left alone: `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), or Mastodon's
 * `X-RateLimit-Reset`. An hour at most, whatever it says.
 *
 * @returns milliseconds, undefined when it says nothing that can be understood
 */
export function retryAfterMs(header: (name: string) => string | null, now = Date.now()): number | undefined {
  const retryAfter = header('retry-after')?.trim();
  const until = retryAfter || header('x-ratelimit-reset')?.trim();
  if (!until) return undefined;
  const ms = /^\d+$/.test(until) ? Number(until) * 1000 : Date.parse(until) - now;
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_MS, Math.max(0, ms));
}
