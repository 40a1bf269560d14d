import { readFileSync } from 'node:fs';

/**
 * Loaded before a service (`node --import skewed-clock.js?file=PATH`), it puts the process' clock ahead by the milliseconds that
 * the file holds, or behind; another number in the file is a clock that jumps. Monotonic time, `performance.now()`, is left alone,
 * as it is on a machine whose clock is set. No service knows of this.
 */
const LOOK_EVERY_MS = 250;

const file = new URL(import.meta.url).searchParams.get('file');
const RealDate = Date;
let aheadMs = 0;

function look(): void {
  try {
    const ms = Number(readFileSync(file as string, 'utf8'));
    if (Number.isFinite(ms)) aheadMs = ms;
  } catch {
    // It goes on as it is.
  }
}

class SkewedDate extends RealDate {
  constructor(...given: [] | [number]) {
    if (given.length === 0) super(RealDate.now() + aheadMs);
    else super(...given);
  }
  static override now(): number {
    return RealDate.now() + aheadMs;
  }
  /** Dates that Node itself makes are dates too. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return Object.prototype.toString.call(value) === '[object Date]';
  }
}

if (file !== null) {
  look();
  setInterval(look, LOOK_EVERY_MS).unref();
  globalThis.Date = SkewedDate as unknown as DateConstructor;
}
