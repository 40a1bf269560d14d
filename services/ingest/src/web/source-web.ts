import { USER_AGENT } from '../sources/user-agent.js';
import { POLITE, politeClient, type PoliteClient } from './polite-client.js';
import { robotsRules, type RobotsRules } from './robots.js';

const TIMEOUT_MS = 15_000;
const MAX_BODY_BYTES = 8 * 1024 * 1024;

/** What all sources of a process share on their way to the web. */
export function sourceWeb(
  allowPrivateAddresses: boolean,
  rateOf: (host: string) => number | undefined,
): { readonly web: PoliteClient; readonly robots: RobotsRules } {
  const limits = { userAgent: USER_AGENT, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BODY_BYTES };
  const web = politeClient({ allowPrivateAddresses, ...limits }, { ...POLITE, rateOf });
  return { web, robots: robotsRules(web) };
}
