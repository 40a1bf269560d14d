import { kafkaClient, type StreamOptions } from './client.js';

/**
 * A check for `/readyz` that asks the broker over a connection of its own.
 *
 * @returns `check`, which throws when no broker answers, and `close`
 */
export function kafkaHealth(options: StreamOptions): { check: () => Promise<void>; close: () => Promise<void> } {
  const admin = kafkaClient(options).admin();
  let connecting: Promise<void> | undefined;
  return {
    async check() {
      connecting ??= admin.connect().catch((error: unknown) => {
        connecting = undefined;
        throw error;
      });
      await connecting;
      await admin.describeCluster();
    },
    close: () => admin.disconnect(),
  };
}
