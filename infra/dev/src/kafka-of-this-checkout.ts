import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { freePort, startKafka } from '@siaga/engines';
import { Fault } from './fault.js';
import { stateFolder, type StateFolder } from './fleet/state-folder.js';
import { recordedPid, takeRunFolder } from './supervisor/run-folder.js';

const repository = path.resolve(import.meta.dirname, '../../..');

/**
 * Gives work the Kafka of the fleet that runs in this checkout, else that of the one that ran last, which is started for as
 * long as the work takes.
 *
 * @throws Fault when no fleet has ever run here
 */
export async function withKafkaOfThisCheckout(
  options: { readonly signal: AbortSignal; readonly say: (text: string) => void },
  work: (brokers: string) => Promise<number>,
): Promise<number> {
  const states = ['.', 'once'].map((name) => stateFolder(path.join(repository, '.siaga', name)));
  const running = states.find((state) => recordedPid(state.run, 'kafka') !== undefined && existsSync(state.addresses));
  if (running) return work(brokersOf(running));
  const last = states
    .filter((state) => existsSync(path.join(state.kafka, 'meta.properties')) && existsSync(state.addresses))
    .toSorted((a, b) => statSync(b.addresses).mtimeMs - statSync(a.addresses).mtimeMs)[0];
  if (!last) throw new Fault('no fleet has run here yet: run "npm start" first, or give --brokers of another one');
  return withKafkaOf(last, options, work);
}

const brokersOf = (state: StateFolder): string =>
  (JSON.parse(readFileSync(state.addresses, 'utf8')) as { brokers: string }).brokers;

async function withKafkaOf(
  state: StateFolder,
  { signal, say }: { readonly signal: AbortSignal; readonly say: (text: string) => void },
  work: (brokers: string) => Promise<number>,
): Promise<number> {
  const run = await takeRunFolder(state.run, (name, pid) => say(`ending ${name} (${pid}), left by a killed fleet`));
  try {
    say(`no fleet is running: starting the Kafka of the one that ran last (${path.relative(repository, state.root)})`);
    const port = await freePort();
    const kafka = await startKafka({ port, dataDir: state.kafka, detached: true, signal, onProgress: say });
    run.record('kafka', kafka.pid, 'SIGTERM');
    try {
      return await work(`127.0.0.1:${port}`);
    } finally {
      await kafka.stop();
      run.forget('kafka');
    }
  } finally {
    run.release();
  }
}
