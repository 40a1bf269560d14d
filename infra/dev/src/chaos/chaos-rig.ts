import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { freePort, startFaultProxy, type FaultProxy } from '@siaga/engines';
import type { MakeRig } from '../fleet/rig.js';
import { randomFrom } from '../random.js';

export interface ChaosRig {
  readonly make: MakeRig;
  readonly proxies: () => { readonly kafka: FaultProxy; readonly postgres: FaultProxy };
  readonly moodFile: string;
  readonly clockFileOf: (name: string) => string;
  close(): Promise<void>;
}

/** What the usual share would make too much of at thousands of posts a second. */
const AUDIT_SHARE = '0.001';

/** A fleet whose services reach the engines through proxies, tell the time by files, and whose platform has moods. */
export function chaosRig(folder: string, seed: number): ChaosRig {
  mkdirSync(folder, { recursive: true });
  let proxies: { kafka: FaultProxy; postgres: FaultProxy } | undefined;
  const moodFile = path.join(folder, 'mood.json');
  const clockFileOf = (name: string) => path.join(folder, `${name}.clock`);
  const clock = pathToFileURL(path.join(import.meta.dirname, 'skewed-clock.js'));
  return {
    async make(ports) {
      const [listensOn, foundAt] = [await freePort(), await freePort()];
      const random = randomFrom(seed + 1).next;
      proxies = {
        kafka: await startFaultProxy({ port: foundAt, upstreamPort: listensOn }, random),
        postgres: await startFaultProxy({ upstreamPort: ports.postgres }, random),
      };
      return {
        kafka: { detour: { listensOn, foundAt }, stampedByBroker: true },
        reach: { kafka: foundAt, postgres: proxies.postgres.port },
        envOf(unit): NodeJS.ProcessEnv {
          if (unit === 'platform') return { SIAGA_PLATFORM_MOOD_FILE: moodFile };
          writeFileSync(clockFileOf(unit), '0');
          const url = new URL(clock);
          url.searchParams.set('file', clockFileOf(unit));
          return { NODE_OPTIONS: `--import=${url.href}`, SIAGA_AUDIT_SHARE: AUDIT_SHARE };
        },
      };
    },
    proxies() {
      if (!proxies) throw new Error('the fleet has not been started');
      return proxies;
    },
    moodFile,
    clockFileOf,
    async close() {
      await Promise.all(Object.values(proxies ?? {}).map((proxy) => proxy.close()));
    },
  };
}
