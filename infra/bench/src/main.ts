import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePort, startKafka } from '@siaga/engines';
import { createLogger } from '@siaga/runtime';
import { measureClaims, type ClaimCost } from './claims.js';
import { measureEndToEnd, type EndToEnd } from './end-to-end.js';
import { measureLatency } from './latency.js';
import { HELP, parseOptions, type Options } from './options.js';
import { preparePython } from './python.js';
import { pictureOf, reportOf, type Row, type Worker } from './report.js';
import { soak } from './soak.js';
import { measureStages } from './stages.js';
import { startCeilingWorker, startPythonWorker, startSiagaWorker, type StartWorker } from './workers.js';

const say = (line: string) => console.error(`bench | ${line}`);
const progress = (line: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[Kbench | ${line}`);
const loadNow = () =>
  os
    .loadavg()
    .map((load) => load.toFixed(1))
    .join(' ');

const QUICK_SECONDS = 10;
const SECONDS = 30;

const options = readOptions();
if (options?.claims) await runClaims(options);
else if (options) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'siaga-bench-'));
  const kafka = await startKafka({ port: await freePort(), dataDir: path.join(folder, 'kafka'), heap: '512m' });
  try {
    await run(options, kafka.brokers.join(','));
  } finally {
    await kafka.stop();
    await rm(folder, { recursive: true, force: true });
  }
} else console.log(HELP);

function readOptions(): Options | undefined {
  try {
    return parseOptions(process.argv.slice(2));
  } catch (error) {
    console.error(`bench | ${(error as Error).message}`);
    process.exit(2);
  }
}

async function runClaims({ json }: Pick<Options, 'json'>): Promise<ClaimCost> {
  const found = await measureClaims();
  const { claims, medianMicros, meanMicros, p99Micros, megabytes, claimsPerSecond, matched } = found;
  say(
    `claims: ${medianMicros} us per post against ${claims} claims in the median, ${meanMicros} of CPU in the mean, 99th percentile ${p99Micros}, ${megabytes} MB; ` +
      `${claimsPerSecond} claims taken in per CPU second, ${matched} of the posts match; load ${loadNow()}`,
  );
  if (json) console.log(JSON.stringify({ claims: found }));
  return found;
}

async function run({ quick, json, posts, png, soakMinutes }: Options, brokers: string): Promise<void> {
  const stream = { brokers, clientId: 'siaga-bench', log: createLogger('bench', 'error') };
  const rows: Row[] = [];
  const siagaWorker: StartWorker = async (place) => (await startSiagaWorker(place)).worker;
  const measure = async (worker: Worker, start: StartWorker, workers: number, messageBytes: number) => {
    const prefix = `bench-${rows.length}`;
    const result: EndToEnd = await measureEndToEnd({
      stream,
      prefix,
      posts,
      messageBytes,
      workers,
      start,
      onProgress: progress,
    });
    rows.push({ worker, workers, messageBytes, ...result });
    const { postsPerSecond, cpuSecondsPerMillion, peakRssMb } = result;
    say(
      `${worker} x ${workers}, ${messageBytes} B: ${postsPerSecond} posts/s, ${cpuSecondsPerMillion} CPU s per million, peak ${peakRssMb} MB`,
    );
    return postsPerSecond;
  };
  say(`${os.cpus().length} cores, load ${loadNow()}`);
  if (soakMinutes > 0) {
    const most = await measure('siaga', siagaWorker, 1, 300);
    const { samples, peakRssMb } = await soak({
      stream,
      prefix: 'soak',
      postsPerSecond: Math.floor(most / 2),
      minutes: soakMinutes,
      messageBytes: 300,
      onSample: ({ seconds, posts: done, rssMb, heapMb, tensors }) =>
        say(`${seconds} s: ${done} posts, ${rssMb} MB resident, heap ${heapMb} MB, ${tensors} tensors`),
    });
    say(`peak ${peakRssMb} MB resident`);
    if (json) console.log(JSON.stringify({ soak: { samples, peakRssMb } }));
    return;
  }
  const { stages, backend } = await measureStages();
  for (const [stage, rate] of Object.entries(stages)) say(`${stage}: ${rate} posts per CPU second`);
  const claims = await runClaims({ json: false });
  const python = await preparePython(say);
  const pythonWorker: StartWorker = (place) => startPythonWorker(place, python.python, python.modelDir);
  const most = await measure('siaga', siagaWorker, 1, 300);
  await measure('python', pythonWorker, 1, 300);
  await measure('ceiling', startCeilingWorker, 1, 300);
  await measure('siaga', siagaWorker, 2, 300);
  await measure('python', pythonWorker, 2, 300);
  if (!quick) {
    await measure('siaga', siagaWorker, 1, 1_000);
    await measure('python', pythonWorker, 1, 1_000);
    await measure('siaga', siagaWorker, 2, 1_000);
    await measure('python', pythonWorker, 2, 1_000);
  }
  const latency = (prefix: string, postsPerSecond: number) =>
    measureLatency({
      stream,
      prefix,
      postsPerSecond,
      seconds: quick ? QUICK_SECONDS : SECONDS,
      messageBytes: 300,
      workers: 1,
      start: siagaWorker,
    });
  const idle = await latency('idle', 0);
  say(`latency of single posts through an idle fleet: p50 ${idle.p50Ms} ms, p99 ${idle.p99Ms} ms`);
  const half = await latency('half', Math.floor(most / 2));
  say(`latency at half the maximum rate: p50 ${half.p50Ms} ms, p99 ${half.p99Ms} ms`);
  const report = reportOf({ stages, backend, rows, idle, half, posts });
  const { ratioToPython, ratioToCeiling } = report.endToEnd;
  say(`${ratioToPython} times the Python worker, ${ratioToCeiling} of the pipeline without scoring; load ${loadNow()}`);
  await mkdir(path.dirname(path.resolve(png)), { recursive: true });
  await writeFile(png, pictureOf(report));
  say(`picture in ${png}`);
  if (json) console.log(JSON.stringify({ ...report, claims }));
}
