import { rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import type { FaultProxy } from '@siaga/engines';
import type { Mood } from '../demo-platform/mood.js';
import type { FaultKind, PlannedFault } from './plan-faults.js';
import type { SmallDisk } from './small-disk.js';

/** What can be broken, and how to get at it. */
export interface Breakable {
  /** The pid of a process of the fleet, while there is one. */
  readonly pidOf: (name: string) => number | undefined;
  readonly proxies: { readonly kafka: FaultProxy; readonly postgres: FaultProxy };
  readonly disk: SmallDisk | undefined;
  readonly moodFile: string;
  /** Of a process, how far its clock is ahead (milliseconds, as text). */
  readonly clockFileOf: (name: string) => string;
}

/** @returns what was done, for people; the fault is over when it resolves */
type Strike = (fault: PlannedFault, fleet: Breakable, signal: AbortSignal) => Promise<string>;

const pause = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }).catch(() => undefined);
const LEFT_ON_DISK = 256 * 1024;
const CUT_EVERY_MS = 700;
const SLOWEST_MS = 400;
const WRONGEST_CLOCK_MS = 20 * 60_000;
/** Receivers of signed webhooks refuse what is five minutes off, for good: a notify whose clock is worse cannot notify. */
const WRONGEST_SENDER_MS = 4 * 60_000;

/** @throws Error when the signal cannot be sent for another reason than that the process has ended */
function send(pid: number | undefined, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    return process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    return false;
  }
}

const signalled =
  (name: string | undefined, signal: NodeJS.Signals): Strike =>
  async ({ target }, { pidOf }) =>
    send(pidOf(name ?? target), signal) ? `${signal}` : 'was down already';

const frozen =
  (name?: string): Strike =>
  async ({ target, lastsMs }, { pidOf }, signal) => {
    const pid = pidOf(name ?? target);
    if (!send(pid, 'SIGSTOP')) return 'was down already';
    await pause(lastsMs, signal);
    send(pid, 'SIGCONT');
    return `SIGSTOP for ${seconds(lastsMs)}`;
  };

const unwell =
  (mood: (size: number) => Mood): Strike =>
  async ({ lastsMs, size }, { moodFile }, signal) => {
    const chosen = mood(size);
    writeFileSync(moodFile, JSON.stringify(chosen));
    await pause(lastsMs, signal);
    rmSync(moodFile, { force: true });
    return `${JSON.stringify(chosen)} for ${seconds(lastsMs)}`;
  };

const proxyOf = (target: string, { proxies }: Breakable): FaultProxy => proxies[target as keyof Breakable['proxies']];

export const STRIKES: Readonly<Record<FaultKind, Strike>> = {
  'kill -9': signalled(undefined, 'SIGKILL'),
  freeze: frozen(),
  'kafka killed': signalled('kafka', 'SIGKILL'),
  'kafka restarted': signalled('kafka', 'SIGTERM'),
  'kafka frozen': frozen('kafka'),
  // No checkpoint, every client cut off, recovery from the log at the next start.
  'postgres crash': signalled('postgres', 'SIGQUIT'),
  'postgres restarted': signalled('postgres', 'SIGINT'),
  async 'connections cut'({ target, lastsMs, size }, fleet, signal) {
    let cut = 0;
    for (const until = Date.now() + lastsMs; Date.now() < until && !signal.aborted; await pause(CUT_EVERY_MS, signal))
      cut += proxyOf(target, fleet).cut(0.3 + size * 0.7);
    return `${cut} of ${target}`;
  },
  async 'connections slow'({ target, lastsMs, size }, fleet, signal) {
    const ms = Math.round(20 + size * SLOWEST_MS);
    proxyOf(target, fleet).delay(ms);
    await pause(lastsMs, signal);
    proxyOf(target, fleet).delay(0);
    return `${target}, ${ms} ms each way for ${seconds(lastsMs)}`;
  },
  async 'connections held up'({ target, lastsMs }, fleet, signal) {
    proxyOf(target, fleet).stall(true);
    await pause(lastsMs, signal);
    proxyOf(target, fleet).stall(false);
    return `${target} for ${seconds(lastsMs)}`;
  },
  async 'connections lost'({ target }, fleet) {
    return `${proxyOf(target, fleet).lose()} of ${target}, and nobody is told`;
  },
  'platform slow': unwell((size) => ({ delayMs: Math.round(1_000 + size * 11_000) })),
  'platform fails': unwell((size) => ({ every: size < 0.5 ? 1 : 2, status: size < 0.25 ? 429 : 503 })),
  'platform takes and fails': unwell((size) => ({ every: size < 0.5 ? 1 : 2, status: 502, taken: true })),
  async 'disk full'({ lastsMs }, { disk }, signal) {
    if (!disk) return 'left out: this user may not mount a disk';
    disk.fill(LEFT_ON_DISK);
    await pause(lastsMs, signal);
    disk.relieve();
    return `for ${seconds(lastsMs)}`;
  },
  async 'clock wrong'({ target, lastsMs, size }, { clockFileOf }, signal) {
    const most = target === 'notify' ? WRONGEST_SENDER_MS : WRONGEST_CLOCK_MS;
    const aheadMs = Math.round((size * 2 - 1) * most);
    writeFileSync(clockFileOf(target), String(aheadMs));
    await pause(lastsMs, signal);
    writeFileSync(clockFileOf(target), '0');
    return `${(aheadMs / 1000).toFixed(0)} s for ${seconds(lastsMs)}`;
  },
};

const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`;
