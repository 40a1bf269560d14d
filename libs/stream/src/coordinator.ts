import { setTimeout as wait } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';

const TRIES = 150;
const PAUSE_MS = 200;

/**
 * Waits until the group's coordinator answers. A broker that has just started still loads its groups, and kafkajs gives
 * up on that instead of waiting.
 *
 * @throws the coordinator's last error after half a minute
 */
export async function coordinatorReady(consumer: Consumer): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      await consumer.describeGroup();
      return;
    } catch (error) {
      if (tries >= TRIES) throw error;
      await wait(PAUSE_MS);
    }
  }
}
