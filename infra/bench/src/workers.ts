import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from '@siaga/engines';

export interface WorkerPlace {
  readonly brokers: string;
  /** Its input is `<prefix>.posts`, its output `<prefix>.verdicts`. */
  readonly prefix: string;
}

export type StartWorker = (place: WorkerPlace) => Promise<ChildProcess> | ChildProcess;

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const STOP_TIMEOUT_MS = 20_000;

export async function startSiagaWorker({
  brokers,
  prefix,
}: WorkerPlace): Promise<{ worker: ChildProcess; opsUrl: string }> {
  const port = await freePort();
  const worker = spawn(process.execPath, ['services/classify/dist/main.js'], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      PATH: process.env.PATH,
      SIAGA_KAFKA_BROKERS: brokers,
      SIAGA_TOPIC_PREFIX: prefix,
      SIAGA_OPS_PORT: String(port),
      SIAGA_LOG_LEVEL: 'warn',
      // One process per core scales best; TensorFlow's own threads would compete with the neighbours.
      TF_NUM_INTRAOP_THREADS: '1',
      TF_NUM_INTEROP_THREADS: '1',
    },
  });
  return { worker, opsUrl: `http://127.0.0.1:${port}` };
}

/** The same pipeline without scoring: see ceiling-worker.ts. */
export function startCeilingWorker({ brokers, prefix }: WorkerPlace): ChildProcess {
  return spawn(process.execPath, ['infra/bench/dist/ceiling-worker.js', brokers, prefix], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** @param python interpreter that has the packages of `python/requirements.txt` */
export function startPythonWorker({ brokers, prefix }: WorkerPlace, python: string, modelDir: string): ChildProcess {
  return spawn(python, ['infra/bench/python/worker.py', brokers, `${prefix}.posts`, `${prefix}.verdicts`, modelDir], {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

export async function stopWorker(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const gone = once(worker, 'exit');
  worker.kill('SIGTERM');
  const timer = setTimeout(() => worker.kill('SIGKILL'), STOP_TIMEOUT_MS);
  await gone;
  clearTimeout(timer);
}
