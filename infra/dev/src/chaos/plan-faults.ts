import { randomFrom, type Random } from '../random.js';

/** What can go wrong, how often each is in the deck that is drawn from, and how long it lasts (seconds, from and to). */
const FAULTS = {
  'kill -9': { cards: 4, lasts: [0, 0] },
  freeze: { cards: 3, lasts: [2, 25] },
  'kafka killed': { cards: 1, lasts: [0, 0] },
  'kafka restarted': { cards: 1, lasts: [0, 0] },
  'kafka frozen': { cards: 1, lasts: [2, 12] },
  'postgres crash': { cards: 1, lasts: [0, 0] },
  'postgres restarted': { cards: 1, lasts: [0, 0] },
  'connections cut': { cards: 2, lasts: [1, 5] },
  'connections slow': { cards: 1, lasts: [5, 15] },
  'connections held up': { cards: 1, lasts: [2, 12] },
  'connections lost': { cards: 1, lasts: [0, 0] },
  'platform slow': { cards: 1, lasts: [8, 20] },
  'platform fails': { cards: 1, lasts: [8, 20] },
  'platform takes and fails': { cards: 1, lasts: [8, 20] },
  'disk full': { cards: 1, lasts: [4, 10] },
  'clock wrong': { cards: 1, lasts: [10, 30] },
} as const;

export type FaultKind = keyof typeof FAULTS;
export const FAULT_KINDS = Object.keys(FAULTS) as FaultKind[];

export interface PlannedFault {
  readonly kind: FaultKind;
  /** A process, or the engine whose connections are meant; empty where there is nothing to choose. */
  readonly target: string;
  /** After the first post. */
  readonly atMs: number;
  readonly lastsMs: number;
  /** From 0 to 1: how large a share, how slow, how wrong. */
  readonly size: number;
}

const FIRST_AT_MS = 5_000;
const PAUSE_MS = { from: 4_000, to: 14_000 };
/** At the end nothing strikes, so that the fleet is seen to come to rest. */
const QUIET_SHARE = 0.15;
const QUIET_MS_MAX = 60_000;

/** @returns the same faults for the same seed, each kind as often as the others over time, none in the last part of the run */
export function planFaults(
  seed: number,
  {
    runMs,
    processes,
    kinds = FAULT_KINDS,
  }: { runMs: number; processes: readonly string[]; kinds?: readonly FaultKind[] },
): PlannedFault[] {
  const random = randomFrom(seed);
  const until = runMs - Math.min(QUIET_MS_MAX, runMs * QUIET_SHARE);
  const faults: PlannedFault[] = [];
  let deck: FaultKind[] = [];
  for (let atMs = FIRST_AT_MS; ; atMs += between(PAUSE_MS.from, PAUSE_MS.to, random)) {
    if (deck.length === 0) deck = shuffled(kinds, random);
    const kind = deck.pop() as FaultKind;
    const [from, to] = FAULTS[kind].lasts;
    const lastsMs = between(from * 1_000, to * 1_000, random);
    const target = targetOf(kind, processes, random);
    const size = random.next();
    if (atMs + lastsMs > until) return faults;
    faults.push({ kind, target, atMs, lastsMs, size });
  }
}

function targetOf(kind: FaultKind, processes: readonly string[], random: Random): string {
  if (kind.startsWith('connections')) return random.next() < 0.5 ? 'kafka' : 'postgres';
  if (kind === 'kill -9' || kind === 'freeze') return one(processes, random);
  // The platform is not ours, and what it says of the time is what freshness is measured by.
  if (kind === 'clock wrong')
    return one(
      processes.filter((name) => name !== 'platform'),
      random,
    );
  return '';
}

const one = (list: readonly string[], random: Random): string => list[random.below(list.length)] as string;
const between = (from: number, to: number, random: Random): number => Math.round(from + random.next() * (to - from));

function shuffled(kinds: readonly FaultKind[], random: Random): FaultKind[] {
  const deck = kinds.flatMap((kind) => Array.from({ length: FAULTS[kind].cards }, () => kind));
  for (let i = deck.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [deck[i], deck[j]] = [deck[j] as FaultKind, deck[i] as FaultKind];
  }
  return deck;
}
