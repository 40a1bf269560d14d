import type { Notice } from '../notice.js';
import type { Parcel, SendResult } from './channel.js';

/**
 * What came of one call: `acknowledged`, `gone` (its posts are no more) and `refused` (never these posts) settle it, and the
 * next one is made; anything else ends the attempt.
 */
export type CallResult =
  | { readonly kind: 'acknowledged' | 'gone' | 'refused'; readonly note?: string }
  | Extract<SendResult, { kind: 'retry' | 'uncertain' | 'failed' }>;

/** A call, and the posts that it reports; without `make` where it has come to an end before it could be made. */
export type Call = { readonly items: readonly string[] } & (
  { readonly make: () => Promise<CallResult> } | { readonly result: CallResult }
);

/**
 * Makes the calls of a parcel one after another, in the order planned.
 *
 * @param items the addresses of posts, or the one name of a message about them
 * @param plan the calls for those that nobody has reported yet
 */
export async function makeCalls(
  { deliveryId, calls }: Parcel,
  items: readonly string[],
  plan: (pending: readonly string[]) => AsyncIterable<Call>,
): Promise<SendResult> {
  const known = new Set((await calls.read()).map(({ item }) => item));
  for await (const call of plan(items.filter((item) => !known.has(item)))) {
    if ('make' in call && !(await calls.begin(call.items)))
      return { kind: 'retry', error: 'somebody else has it by now' };
    const result = 'make' in call ? await call.make() : call.result;
    switch (result.kind) {
      case 'acknowledged':
      case 'gone':
      case 'refused':
        await calls.settle(call.items, result.kind, result.note);
        continue;
      case 'uncertain':
        return result;
      default:
        await calls.withdraw(call.items);
        return result;
    }
  }
  const own = (await calls.read()).filter((part) => part.deliveryId === deliveryId);
  if (own.length === 0 || own.some(({ state }) => state === 'acknowledged')) return { kind: 'delivered' };
  const notes = new Set(own.map(({ state, note }) => note ?? state));
  return { kind: 'failed', error: `no post left to report: ${[...notes].join(', ')}` };
}

/** Looks a post up: as a report names it, or why it cannot be reported. */
export type Find<Found extends object> = (address: string) => Promise<Found | CallResult>;

/** Looking up takes time, too: the delivery stays ours meanwhile, or nothing is looked up. */
export async function findWhileOurs<Found extends object>(
  { calls }: Parcel,
  find: Find<Found>,
  address: string,
): Promise<Found | CallResult> {
  return (await calls.begin([])) ? find(address) : { kind: 'retry', error: 'somebody else has it by now' };
}

/**
 * Makes the one call of a message about a notice, where every report must name a post: the first of the notice's that is
 * still there.
 */
export function makeMessageCall<Found extends object>(
  parcel: Parcel,
  { urls }: Notice,
  find: Find<Found>,
  report: (found: Found) => Promise<CallResult>,
): Promise<SendResult> {
  return makeCalls(parcel, [`message ${parcel.deliveryId}`], async function* (pending): AsyncGenerator<Call> {
    if (pending.length === 0) return;
    for (const address of urls) {
      const found = await findWhileOurs(parcel, find, address);
      if (!('kind' in found)) return yield { items: pending, make: () => report(found) };
      if (found.kind !== 'gone') return yield { items: pending, result: found };
    }
    yield { items: pending, result: { kind: 'gone', note: 'every post is gone' } };
  });
}

/**
 * Asks about the calls of a parcel that nobody knows the end of, and writes down what it hears.
 *
 * @param has whether the platform has a call with this post
 */
export async function askCalls(
  { deliveryId, calls }: Parcel,
  has: (item: string) => Promise<'has' | 'has-not' | 'later' | 'unknown'>,
): Promise<'has-not' | 'later' | 'unknown'> {
  const begun = (await calls.read()).filter((part) => part.deliveryId === deliveryId && part.state === 'begun');
  for (const { item } of begun) {
    const answer = await has(item);
    if (answer === 'later' || answer === 'unknown') return answer;
    if (answer === 'has') await calls.settle([item], 'acknowledged', 'found when asked');
    else await calls.withdraw([item]);
  }
  return 'has-not';
}

/** Of a platform that cannot be asked: what was begun and never ended is for a person. */
export const askInVain = (parcel: Parcel): Promise<'has-not' | 'later' | 'unknown'> =>
  askCalls(parcel, () => Promise.resolve('unknown'));
