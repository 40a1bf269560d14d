import type { EngineProcess, Exit } from '@siaga/engines';
import { setTimeout as wait } from 'node:timers/promises';
import { createBackoff } from './backoff.js';

/** Something that runs as a process of its own: an engine, a service, the demo platform. */
export interface Unit {
  readonly name: string;
  readonly stopSignal: NodeJS.Signals;
  /** @throws when it cannot be started; aborted by the signal */
  start(signal: AbortSignal): Promise<EngineProcess>;
}

export interface SuperviseHooks {
  /** @param starts how often it has been started by now */
  onStart(name: string, pid: number, starts: number): void;
  onRestart(name: string, why: string, delayMs: number): void;
  onStop(name: string): void;
  /** It ended in a way that starting it again cannot mend. */
  onHopeless(name: string, why: string): void;
}

export interface Supervised {
  readonly name: string;
  /** Stops it for good: it is not started again. */
  stop(): Promise<void>;
}

/** sysexits' EX_CONFIG: settings that cannot be used do not get better by themselves. */
const EX_CONFIG = 78;

/**
 * Starts a unit and starts it again, after a growing pause, whenever it ends without being asked.
 *
 * @param giveUp ends a start that is under way, and all further ones
 * @throws what the first start threw: that is for the user to see at once, later failures are for the backoff
 */
export async function supervise(unit: Unit, hooks: SuperviseHooks, giveUp?: AbortSignal): Promise<Supervised> {
  const stopping = new AbortController();
  const signal = giveUp ? AbortSignal.any([giveUp, stopping.signal]) : stopping.signal;
  let running = await unit.start(signal);
  let starts = 1;
  hooks.onStart(unit.name, running.pid, starts);
  const watching = watch();
  return {
    name: unit.name,
    async stop() {
      stopping.abort();
      await running.stop();
      await watching;
      hooks.onStop(unit.name);
    },
  };

  async function watch(): Promise<void> {
    const backoff = createBackoff();
    let startedAt = Date.now();
    let why = describe(await running.exited);
    while (!signal.aborted) {
      if (why === String(EX_CONFIG)) return hooks.onHopeless(unit.name, 'its settings cannot be used');
      const delayMs = backoff.next(Date.now() - startedAt);
      hooks.onRestart(unit.name, why, delayMs);
      await wait(delayMs, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      startedAt = Date.now();
      try {
        running = await unit.start(signal);
      } catch (error) {
        why = (error as Error).message;
        continue;
      }
      if (signal.aborted) return running.stop();
      hooks.onStart(unit.name, running.pid, ++starts);
      why = describe(await running.exited);
    }
  }
}

function describe({ code, signal }: Exit): string {
  return signal ?? String(code);
}
