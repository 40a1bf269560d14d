import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from '@siaga/runtime';
import {
  announceWorker,
  declareSources,
  LeaseLost,
  pausedSources,
  releaseSource,
  renewLeases,
  takeSources,
  withdrawWorker,
  type Database,
} from '@siaga/storage';
import { heldLease, type HeldLease } from './held-lease.js';
import { healthBook, type HealthBook } from './source-health.js';

/** A dead worker's sources are free after the lease, and taken within a round: 11 s at most. */
export const LEASE_MS = 9_000;
const ROUND_MS = 2_000;
/** The holder stops this long before others may begin. */
const MARGIN_MS = 1_500;

/** A source by name, with all that makes it what it is; another version of it is another source to run. */
export interface Shared {
  readonly name: string;
}

/** What a held source is doing. */
interface Running {
  readonly entry: Shared;
  readonly lease: HeldLease;
  readonly health: HealthBook;
  readonly stop: AbortController;
  readonly ended: Promise<void>;
  /** On its way to another worker, or to another version of its entry. */
  leaving?: Promise<void>;
}

export interface MemberOptions<E extends Shared> {
  readonly db: Database;
  readonly worker: string;
  /** The registry as it is now. */
  readonly entries: () => readonly E[];
  /** Reads the source until told to stop; throws LeaseLost when it finds out by itself. */
  readonly run: (entry: E, held: { lease: HeldLease; health: HealthBook; signal: AbortSignal }) => Promise<void>;
  readonly log: Logger;
}

/**
 * One of any number of workers that share the sources of a registry: each takes about its share, renews its leases,
 * takes over what dead workers leave, and hands on what it has too much of.
 */
export function joinFleet<E extends Shared>(
  options: MemberOptions<E>,
): { wake: () => void; close: () => Promise<void> } {
  const { db, worker, entries, log } = options;
  const held = new Map<string, Running>();
  const stop = new AbortController();
  let nap = new AbortController();

  const start = (entry: E, lease: HeldLease) => {
    const health = healthBook();
    const stopSource = new AbortController();
    const ended = options.run(entry, { lease, health, signal: stopSource.signal }).catch((err: unknown) => {
      if (!(err instanceof LeaseLost)) throw err;
      if (held.get(entry.name)?.lease === lease) forget(entry.name, 'found out by itself');
    });
    held.set(entry.name, { entry, lease, health, stop: stopSource, ended });
    log.info({ source: entry.name, fence: lease.fence }, 'source taken');
  };
  const forget = (name: string, why: string) => {
    const running = held.get(name);
    if (!running) return;
    running.stop.abort();
    held.delete(name);
    log.warn({ source: name, fence: running.lease.fence, why }, 'source lost');
  };
  /**
   * Lets others have it once what was read is in Kafka and the cursor saved. Until then its lease is renewed, and nobody
   * waits: a source may take long to stop, and the other leases go on.
   */
  const handOn = (running: Running): Promise<void> => {
    running.stop.abort();
    running.leaving ??= release(running).catch((err: unknown) => log.warn({ err }, 'lease could not be given back'));
    return running.leaving;
  };
  const release = async ({ entry, lease, ended }: Running) => {
    await ended;
    if (held.get(entry.name)?.lease !== lease) return;
    held.delete(entry.name);
    log.info({ source: entry.name, fence: lease.fence }, 'source given up');
    await releaseSource(db, lease);
    nap.abort();
  };

  const round = async () => {
    const wanted = new Map(entries().map((entry) => [entry.name, entry]));
    const names = [...wanted.keys()];
    const live = await announceWorker(db, worker, LEASE_MS);
    await renew();
    await declareSources(db, names);
    const paused = await pausedSources(db, names);
    const share = Math.ceil((names.length - paused.size) / live);
    const staying = [...held.values()].filter(({ leaving }) => !leaving);
    const outdated = staying.filter(({ entry }) => wanted.get(entry.name) !== entry);
    const surplus = staying.filter((running) => !outdated.includes(running)).slice(share);
    for (const running of [...outdated, ...surplus]) void handOn(running);
    const free = names.filter((name) => !held.has(name));
    if (free.length > 0 && held.size < share) await take(free, share - held.size, wanted);
  };
  const renew = async () => {
    if (held.size === 0) return;
    const sentAt = performance.now();
    const renewals = [...held.values()].map(({ lease, health }) => ({ lease, health: health.current }));
    const kept = await renewLeases(db, renewals, LEASE_MS);
    for (const { lease } of renewals) {
      if (kept.has(lease.source)) lease.confirmed(sentAt);
      else if (held.get(lease.source)?.lease === lease) forget(lease.source, 'taken by another, paused or rewound');
    }
  };
  const take = async (among: readonly string[], limit: number, wanted: ReadonlyMap<string, E>) => {
    const sentAt = performance.now();
    const leases = await takeSources(db, { holder: worker, among, limit, ttlMs: LEASE_MS });
    for (const lease of leases) {
      start(wanted.get(lease.source) as E, heldLease(lease, LEASE_MS - MARGIN_MS, sentAt));
    }
  };
  const run = async () => {
    while (!stop.signal.aborted) {
      nap = new AbortController();
      await round().catch((err: unknown) => log.warn({ err }, 'leases could not be looked after'));
      await wait(ROUND_MS, undefined, { signal: AbortSignal.any([nap.signal, stop.signal]) }).catch(() => undefined);
    }
  };
  const ended = run();
  return {
    wake: () => nap.abort(),
    async close() {
      stop.abort();
      await ended;
      await Promise.all([...held.values()].map(handOn));
      await withdrawWorker(db, worker).catch((err: unknown) => log.warn({ err }, 'left without a word'));
    },
  };
}
