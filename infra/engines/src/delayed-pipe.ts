import type { Socket } from 'node:net';

export interface DelayedPipe {
  readonly delayMs: () => number;
  /** While true, nothing passes. */
  readonly held: () => boolean;
}

const LOOK_AGAIN_MS = 20;
/** A sender who is that far ahead has to wait, as it would for a slow receiver. */
const MAX_QUEUED_BYTES = 4 * 1024 * 1024;

/** Passes on what comes, in its order, each piece so much later; the pace stays what it was. */
export function delayedPipe(from: Socket, to: Socket, { delayMs, held }: DelayedPipe): void {
  let queue: { readonly chunk: Buffer | undefined; readonly dueAt: number }[] = [];
  let queuedBytes = 0;
  let timer: NodeJS.Timeout | undefined;

  const write = (chunk: Buffer) => {
    if (to.write(chunk)) return;
    from.pause();
    to.once('drain', () => from.resume());
  };
  const pass = () => {
    timer = undefined;
    const now = performance.now();
    while (queue.length > 0 && !held() && !to.destroyed && (queue[0]?.dueAt ?? 0) <= now) {
      const { chunk } = queue.shift() as { chunk: Buffer | undefined };
      if (chunk === undefined) return void to.end();
      queuedBytes -= chunk.length;
      write(chunk);
    }
    if (queuedBytes < MAX_QUEUED_BYTES && !to.writableNeedDrain) from.resume();
    if (to.destroyed) queue = [];
    if (queue.length > 0) later();
  };
  const later = () => {
    timer ??= setTimeout(pass, Math.min(LOOK_AGAIN_MS, Math.max(1, (queue[0]?.dueAt ?? 0) - performance.now())));
  };
  from.on('data', (chunk: Buffer) => {
    // The way of nearly all that ever comes.
    if (queue.length === 0 && delayMs() === 0 && !held()) {
      return write(chunk);
    }
    queue.push({ chunk, dueAt: performance.now() + delayMs() });
    queuedBytes += chunk.length;
    if (queuedBytes >= MAX_QUEUED_BYTES) from.pause();
    later();
  });
  from.on('end', () => {
    queue.push({ chunk: undefined, dueAt: performance.now() + delayMs() });
    later();
  });
  from.once('close', () => clearTimeout(timer));
}
