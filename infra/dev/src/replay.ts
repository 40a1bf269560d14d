import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { freePort, startKafka } from '@siaga/engines';
import { Fault } from './fault.js';
import { stateFolder, type StateFolder } from './fleet/state-folder.js';
import { stopRequest } from './stop-request.js';
import { recordedPid, takeRunFolder } from './supervisor/run-folder.js';

const repository = path.resolve(import.meta.dirname, '../../..');
const stop = stopRequest();
const say = (text: string) => process.stderr.write(`siaga | ${text}\n`);

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (stop.signal.aborted) return 130;
  if (error.name !== 'Fault' && error.name !== 'EngineError') throw error;
  say(error.message);
  return error instanceof Fault ? error.exitCode : 1;
});

/**
 * Runs classify's replay on the history of this checkout's fleet: of the one that runs, else of the one that ran last, whose
 * Kafka is started for as long as it takes.
 */
async function main(args: readonly string[]): Promise<number> {
  const given = (option: string) => args.some((arg) => arg === option || arg.startsWith(`${option}=`));
  if (given('--brokers') || given('--help') || given('-h')) return runReplay(args);
  const states = ['.', 'once'].map((name) => stateFolder(path.join(repository, '.siaga', name)));
  const running = states.find((state) => recordedPid(state.run, 'kafka') !== undefined && existsSync(state.addresses));
  if (running) return runReplay([...args, '--brokers', brokersOf(running)]);
  const last = states
    .filter((state) => existsSync(path.join(state.kafka, 'meta.properties')) && existsSync(state.addresses))
    .toSorted((a, b) => statSync(b.addresses).mtimeMs - statSync(a.addresses).mtimeMs)[0];
  if (!last) {
    throw new Fault('there is no history here yet: run "npm start" first, or give --brokers of the fleet to replay');
  }
  return withKafkaOf(last, (brokers) => runReplay([...args, '--brokers', brokers]));
}

const brokersOf = (state: StateFolder): string =>
  (JSON.parse(readFileSync(state.addresses, 'utf8')) as { brokers: string }).brokers;

async function withKafkaOf(state: StateFolder, work: (brokers: string) => Promise<number>): Promise<number> {
  const run = await takeRunFolder(state.run, (name, pid) => say(`ending ${name} (${pid}), left by a killed fleet`));
  try {
    say(`no fleet is running: starting the Kafka of the one that ran last (${path.relative(repository, state.root)})`);
    const port = await freePort();
    const kafka = await startKafka({
      port,
      dataDir: state.kafka,
      detached: true,
      signal: stop.signal,
      onProgress: say,
    });
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

/** A process of its own, so that a Ctrl-C ends the replay and still leaves us time to stop what we started. */
async function runReplay(args: readonly string[]): Promise<number> {
  const program = path.join(repository, 'services', 'classify', 'dist', 'replay', 'main.js');
  const child = spawn(process.execPath, [program, ...args], {
    // Files are named from where the person stands.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  stop.signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + constants.signals[signal as NodeJS.Signals]));
  });
}
