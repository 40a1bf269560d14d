import { setTimeout as wait } from 'node:timers/promises';
import { SettingsError, type Logger, type Secrets } from '@siaga/runtime';
import { policyVersion, type Policy } from './policy.js';

const LOOK_MS = 2_000;

/** What the fleet goes by just now: a policy and what was made from it. */
export interface InForce<T> {
  readonly policy: Policy;
  readonly made: T;
}

/**
 * Reads the policy and goes on reading it, so that an edit counts within seconds and without a restart. A policy that
 * cannot be used is refused with its faults, and the one before stays in force.
 *
 * @param read the policy file and the secrets file
 * @param make what depends on both, such as the channels; throws SettingsError when a secret is missing
 * @throws SettingsError when not even the first can be used
 */
export function keepPolicyInForce<T>({
  read,
  make,
  log,
  lookMs = LOOK_MS,
}: {
  read: () => { readonly policy: Policy; readonly secrets: Secrets };
  make: (policy: Policy, secrets: Secrets) => T;
  log: Logger;
  lookMs?: number;
}) {
  const load = (): InForce<T> => {
    const { policy, secrets } = read();
    return { policy, made: make(policy, secrets) };
  };
  let current = load();
  let refused: string | undefined;
  const stopping = new AbortController();
  const look = () => {
    try {
      const { policy, secrets } = read();
      if (policyVersion(policy) !== policyVersion(current.policy)) {
        current = { policy, made: make(policy, secrets) };
        log.info({ policy: policyVersion(policy) }, 'another policy is in force');
      }
      refused = undefined;
    } catch (err) {
      if (!(err instanceof SettingsError)) throw err;
      // Once is enough: it is looked at every two seconds.
      if (err.message !== refused) log.error({ faults: err.faults }, 'the new policy is refused, the old one stays');
      refused = err.message;
    }
  };
  const { signal } = stopping;
  const looking = (async () => {
    while (await wait(lookMs, true, { signal }).catch(() => false)) look();
  })();
  return {
    current: () => current,
    failed: looking,
    async close() {
      stopping.abort();
      await looking.catch(() => undefined);
    },
  };
}
