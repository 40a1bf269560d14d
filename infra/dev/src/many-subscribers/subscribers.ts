import http from 'node:http';
import { EMPTY_LEDGER, withId, type IdLedger } from './id-ledger.js';

/** What the subscribers' process tells: that all have caught up, or, asked to `report`, what they received. */
export type Told = { readonly ready: true } | Received;
export interface Received {
  readonly ledgers: readonly IdLedger[];
  /** Streams that ended by themselves. */
  readonly ended: number;
  /** Milliseconds from the recording of a flag until a subscriber had it, of a sample. */
  readonly latencies: readonly number[];
}

/** Every so many subscribers say of every so many flags when they came. */
const SAMPLED_SUBSCRIBERS = 20;
const SAMPLED_FLAGS = 10;
const OPENED_AT_ONCE = 50;

// A process of its own, so that reading takes nothing from the service's and the writer's.
const [base = '', count = '0'] = process.argv.slice(2);
const ledgers: IdLedger[] = Array.from({ length: Number(count) }, () => EMPTY_LEDGER);
const latencies: number[] = [];
let ended = 0;
for (let at = 0; at < ledgers.length; at += OPENED_AT_ONCE) {
  const some = Array.from({ length: Math.min(OPENED_AT_ONCE, ledgers.length - at) }, (_none, i) => subscribe(at + i));
  await Promise.all(some);
}
process.send?.({ ready: true } satisfies Told);
process.on('message', () => process.send?.({ ledgers, ended, latencies } satisfies Told));
process.on('disconnect', () => process.exit());

/** @returns when the stream says that it is live */
function subscribe(index: number): Promise<void> {
  const isSampled = index % SAMPLED_SUBSCRIBERS === 0;
  return new Promise((resolve, reject) => {
    const request = http.get(`${base}/v1/stream`, { agent: false }, (response) => {
      let rest = '';
      response.setEncoding('latin1');
      response.on('data', (chunk: string) => {
        const events = (rest + chunk).split('\n\n');
        rest = events.pop() ?? '';
        for (const event of events) {
          if (event.includes('\nevent: ready\n')) resolve();
          else if (event.startsWith('id: ')) take(index, event, isSampled);
        }
      });
      response.on('close', () => ended++);
    });
    request.on('error', reject);
  });
}

function take(index: number, event: string, isSampled: boolean): void {
  const id = Number(event.slice(4, event.indexOf('\n')));
  const ledger = withId(ledgers[index] as IdLedger, id);
  ledgers[index] = ledger;
  if (!isSampled || ledger.count % SAMPLED_FLAGS > 0) return;
  const recordedAt = /"recordedAt":"([^"]+)"/.exec(event)?.[1];
  if (recordedAt !== undefined) latencies.push(Date.now() - Date.parse(recordedAt));
}
