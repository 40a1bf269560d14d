import type { Post } from '@siaga/contracts';
import { lockFlagWriting, saveRumour, warmRumour, type Database } from '@siaga/storage';
import { bandsOf, normalise, signatureOf } from '@siaga/text';
import { uuidv7 } from 'uuidv7';

const HOUR_MS = 3_600_000;

/** A rumour as notify's workers write it, of these posts by several authors. @returns its id */
export async function recordRumour(db: Database, posts: readonly Post[], at = Date.now()): Promise<string> {
  const rumourId = uuidv7();
  const signature = signatureOf(normalise(posts[0]?.text ?? ''));
  const hour = new Date(Math.floor(at / HOUR_MS) * HOUR_MS).toISOString();
  const rumour = {
    ...{ rumourId, signature: [...signature], bands: bandsOf(signature).slice(0, 8) },
    ...{ posts: posts.length, voices: posts.length, voiceSketch: Buffer.alloc(256) },
    heat: warmRumour(-Infinity, posts.length, at),
    platforms: { demo: posts.length },
    hours: { [hour]: posts.length },
    ...{ firstSeenAt: new Date(at), lastSeenAt: new Date(at) },
  };
  await db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    await saveRumour(tx, rumour, posts);
  });
  return rumourId;
}
