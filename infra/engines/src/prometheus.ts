import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { requireDisk } from './disk.js';
import { startEngine, type EngineProcess } from './engine-process.js';
import { requirePort } from './free-port.js';
import { installPrometheus } from './prometheus-install.js';

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 15_000;
const KEPT = '7d';

export interface PrometheusOptions {
  readonly port: number;
  /** Its prometheus.yml; SIGHUP reads it again. */
  readonly configFile: string;
  /** `<dataDir>.log` lies beside it. */
  readonly dataDir: string;
  /** In a process group of its own, so that Ctrl-C in the terminal does not reach it. */
  readonly detached?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Prometheus on 127.0.0.1, ready when it resolves. Fetches it when it is not there.
 *
 * @throws EngineError with the remedy
 */
export async function startPrometheus(options: PrometheusOptions): Promise<EngineProcess & { readonly url: string }> {
  const { port, configFile, detached = false, signal } = options;
  const dataDir = path.resolve(options.dataDir);
  const { prometheus } = await installPrometheus();
  await requireDisk(path.dirname(dataDir));
  await requirePort(port, 'Prometheus');
  await mkdir(dataDir, { recursive: true });
  const url = `http://127.0.0.1:${port}`;
  const engine = await startEngine({
    name: 'Prometheus',
    command: prometheus,
    args: [
      ...[`--config.file=${configFile}`, `--storage.tsdb.path=${dataDir}`, `--storage.tsdb.retention.time=${KEPT}`],
      ...[`--web.listen-address=127.0.0.1:${port}`, '--log.level=warn'],
    ],
    options: { detached },
    logFile: `${dataDir}.log`,
    stopSignal: 'SIGTERM',
    isReady: () =>
      fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(2_000) }).then(
        ({ ok }) => ok,
        () => false,
      ),
    readyTimeoutMs: READY_TIMEOUT_MS,
    stopTimeoutMs: STOP_TIMEOUT_MS,
    signal,
  });
  return { ...engine, url };
}
