import { TransientError } from '@siaga/runtime';
import { LRUCache } from 'lru-cache';
import robotsParserModule from 'robots-parser';
import { USER_AGENT } from '../sources/user-agent.js';
import type { PoliteClient } from './polite-client.js';

/** Its types describe a default export that the CommonJS module does not have. */
const robotsParser = robotsParserModule as unknown as (
  url: string,
  text: string,
) => {
  isAllowed(url: string, userAgent: string): boolean | undefined;
};

const KEPT_MS = 24 * 60 * 60 * 1000;
const ORIGINS_REMEMBERED = 10_000;
/** What a crawler has to read of it at least (RFC 9309, 2.5); nobody has to read more. */
const MAX_LENGTH = 500 * 1024;

export interface RobotsRules {
  /**
   * @throws Error when the host's robots.txt asks robots not to read the address
   * @throws TransientError when the host cannot say: until it can, everything is off limits (RFC 9309, 2.3.1.4)
   */
  check(url: string, signal: AbortSignal): Promise<void>;
}

/** Asks each host once a day. */
export function robotsRules(client: PoliteClient): RobotsRules {
  const known = new LRUCache<string, string>({ max: ORIGINS_REMEMBERED, ttl: KEPT_MS });
  const rulesOf = async (origin: string, signal: AbortSignal): Promise<string> => {
    const rules = known.get(origin);
    if (rules !== undefined) return rules;
    const { status, body } = await client.request(`${origin}/robots.txt`, { redirects: 5, signal });
    if (status >= 500) throw new TransientError(`${origin}/robots.txt answered HTTP ${status}`);
    // Without one, everything may be read.
    const found = status === 200 ? body.toString('utf8').slice(0, MAX_LENGTH) : '';
    known.set(origin, found);
    return found;
  };
  return {
    async check(url, signal) {
      const { origin } = new URL(url);
      const address = `${origin}/robots.txt`;
      const rules = await rulesOf(origin, signal);
      if (robotsParser(address, rules).isAllowed(url, USER_AGENT) === false) {
        throw new Error(`${address} asks robots not to read ${url}: ask the site, or take the source out`);
      }
    },
  };
}
