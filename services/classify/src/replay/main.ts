import { perCategory, topicsOf } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR, loadScorer, type Scorer } from '@siaga/models';
import {
  createLogger,
  createProgressLine,
  kafkaSecuritySettings,
  readSettings,
  SettingsError,
  UsageError,
} from '@siaga/runtime';
import { streamOptions } from '@siaga/stream';
import Type from 'typebox';
import { smokeCheck } from '../smoke-check.js';
import { HELP, parseOptions, type ReplayOptions } from './options.js';
import { progressOf } from './progress.js';
import { renderReport } from './render.js';
import { replay, type Replay } from './replay.js';
import { openReportFolder } from './report-folder.js';
import { readThresholds } from './thresholds-file.js';

/** Three seconds for a broker that is not there: a person waits. */
const RETRIES = 5;
const EX_USAGE = 2;
const EX_INTERRUPTED = 130;

const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort(new Error('interrupted')));

process.exitCode = await main(process.argv.slice(2)).catch((error: Error & { type?: string }) => {
  if (stop.signal.aborted) return EX_INTERRUPTED;
  process.stderr.write(`replay: ${error.message}\n`);
  return error instanceof UsageError || error instanceof SettingsError ? EX_USAGE : 1;
});

async function main(args: readonly string[]): Promise<number> {
  const options = parseOptions(args);
  if (options.help) return (process.stdout.write(`${HELP}\n`), 0);
  const security = readSettings(Type.Object(kafkaSecuritySettings), process.env);
  const settings = { ...security, SIAGA_KAFKA_BROKERS: options.brokers };
  const scorer = await loadChecked(options);
  try {
    const own = perCategory((category) => scorer.thresholds[category].flag);
    const thresholds = options.thresholds === undefined ? own : await readThresholds(options.thresholds, own);
    const folder = options.report === undefined ? undefined : openReportFolder(options.report);
    const progress = createProgressLine(process.stderr);
    const line = progressOf();
    const report = await withBroker(options.brokers, {
      stream: { ...streamOptions(settings, 'siaga-replay', createLogger('replay', 'silent')), retries: RETRIES },
      topics: topicsOf(options.prefix),
      window: { from: options.from, ...(options.to === undefined ? {} : { to: options.to }) },
      ...{ scorer, thresholds, signal: stop.signal },
      onProgress: (stage, done, total) => progress.show(line(stage, done, total)),
      ...(folder ? { onChanged: folder.write } : {}),
    }).finally(() => progress.clear());
    folder?.finish(report);
    process.stdout.write(`${options.json ? JSON.stringify(report) : renderReport(report)}\n`);
    return 0;
  } finally {
    scorer.dispose();
  }
}

/** The same checks that a model passes before it serves. */
async function loadChecked({ model = ACTIVE_MODEL_DIR, backend }: ReplayOptions): Promise<Scorer> {
  const scorer = await loadScorer(model, { backend });
  try {
    smokeCheck(scorer);
  } catch (error) {
    throw new Error(`${model} is not fit to serve: ${(error as Error).message}`, { cause: error });
  }
  return scorer;
}

async function withBroker(brokers: string, options: Replay) {
  try {
    return await replay(options);
  } catch (error) {
    if (!/^KafkaJS(NumberOfRetriesExceeded|Connection)/.test((error as Error).name)) throw error;
    throw new Error(`no Kafka answers at ${brokers}: start the fleet with "npm start", or give --brokers`, {
      cause: error,
    });
  }
}
