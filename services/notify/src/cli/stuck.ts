import { UsageError } from '@siaga/runtime';
import { decideDelivery, stuckDeliveries, type StuckDelivery } from '@siaga/storage';
import { textOf } from '../channels/plain-text.js';
import type { Notice } from '../notice.js';
import { withDatabase, type Surroundings } from './command.js';
import { UUID } from './inform.js';

/** Shows the deliveries that wait for a person, the most urgent first. */
export async function listStuck(surroundings: Surroundings, state: StuckDelivery['state']): Promise<number> {
  const { print } = surroundings;
  const stuck = await withDatabase(surroundings, (db) => stuckDeliveries(db, state));
  if (stuck.length === 0) print(`nothing is ${state}`);
  for (const { deliveryId, platform, channel, dueAt, lastError, inDoubt, payload } of stuck) {
    print(`${deliveryId} to ${platform} by ${channel}, due ${dueAt.toISOString()}${lastError ? `: ${lastError}` : ''}`);
    for (const item of inDoubt) print(`  in doubt: ${item}`);
    if (state === 'by-hand' && payload !== null) print(indented(textOf(JSON.parse(payload) as Notice)));
  }
  return 0;
}

const indented = (text: string): string => text.replace(/^(?=.)/gm, '  ');

/** @throws UsageError when there is no such delivery, or nothing to say of it */
export async function decide(
  surroundings: Surroundings,
  { word, deliveryId = '', by }: { word: 'arrived' | 'send-again'; deliveryId: string | undefined; by: string },
): Promise<number> {
  if (!UUID.test(deliveryId)) throw new UsageError(`${word} needs the id of a delivery`);
  const state = await withDatabase(surroundings, (db) => decideDelivery(db, { deliveryId, word, by }));
  if (state === undefined) throw new UsageError(`no delivery ${deliveryId} of which a person can say "${word}"`);
  surroundings.print(`${deliveryId} is ${state}`);
  return 0;
}
