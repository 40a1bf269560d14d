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
