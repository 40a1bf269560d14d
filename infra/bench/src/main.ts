import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startKafka } from '@siaga/engines';
import { createLogger } from '@siaga/runtime';
import { measureEndToEnd, type EndToEnd } from './end-to-end.js';
import { measureLatency } from './latency.js';
import { preparePython } from './python.js';
import { measureStages } from './stages.js';
import { startPythonWorker, startSiagaWorker } from './workers.js';

const HELP = `npm run bench -- [--quick] [--json] [--posts N]

Measures the classify path on this machine: each stage by itself, end to end from Kafka to Kafka with one and two
workers on messages of 300 B and 1 KB, latency at half the maximum rate, and the same job done by a Python worker.

  --quick     a smaller backlog and fewer combinations, under five minutes
  --json      one JSON line on standard output at the end, everything else on standard error
  --posts N   size of the backlog (500000, or 60000 with --quick)
`;

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
    posts: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(HELP);
  process.exit(0);
}
const posts = Number(values.posts ?? (values.quick ? 60_000 : 500_000));
if (!Number.isInteger(posts) || posts < 10_000) {
  console.error('bench | --posts takes a whole number of at least 10000');
  process.exit(2);
}

const say = (line: string) => console.error(`bench | ${line}`);
const progress = (line: string) => process.stderr.isTTY && process.stderr.write(`\r\x1b[Kbench | ${line}`);

const folder = await mkdtemp(path.join(os.tmpdir(), 'siaga-bench-'));
const kafka = await startKafka({ port: await freePort(), dataDir: path.join(folder, 'kafka'), heap: '512m' });
const stream = { brokers: kafka.brokers.join(','), clientId: 'siaga-bench', log: createLogger('bench', 'error') };
let runs = 0;
const prefix = () => `bench-${runs++}`;

interface Row extends EndToEnd {
  readonly worker: string;
  readonly workers: number;
  readonly messageBytes: number;
}
const rows: Row[] = [];

try {
  say(
    `${os.cpus().length} cores, load ${os
      .loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  const { stages, backend } = await measureStages();
  for (const [stage, rate] of Object.entries(stages)) say(`${stage}: ${rate} posts per CPU second`);

  const python = preparePython(say);
  const measure = async (worker: 'siaga' | 'python', workers: number, messageBytes: number) => {
    const start =
      worker === 'siaga'
        ? startSiagaWorker
        : (place: { brokers: string; prefix: string }) => startPythonWorker(place, python.python, python.modelDir);
    const result = await measureEndToEnd({
      stream,
      prefix: prefix(),
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
    return result;
  };
  const siaga = await measure('siaga', 1, 300);
  const baseline = await measure('python', 1, 300);
  await measure('siaga', 2, 300);
  await measure('python', 2, 300);
  if (!values.quick) {
    await measure('siaga', 1, 1_000);
    await measure('python', 1, 1_000);
  }
  const latency = await measureLatency({
    stream,
    prefix: prefix(),
    postsPerSecond: Math.floor(siaga.postsPerSecond / 2),
    seconds: values.quick ? 10 : 30,
    messageBytes: 300,
    workers: 1,
    start: startSiagaWorker,
  });
  const ratioToPython = Math.round((siaga.postsPerSecond / baseline.postsPerSecond) * 100) / 100;
  say(
    `latency at half that rate: p50 ${latency.p50Ms} ms, p99 ${latency.p99Ms} ms; ${ratioToPython} times the Python worker`,
  );
  const report = {
    stages,
    endToEnd: { ...siaga, ...latency, pythonPostsPerSecond: baseline.postsPerSecond, ratioToPython },
    runs: rows,
    machine: {
      cores: os.cpus().length,
      cpu: os.cpus()[0]?.model ?? 'unknown',
      node: process.version,
      backend,
      load: os.loadavg(),
      posts,
    },
  };
  if (values.json) console.log(JSON.stringify(report));
} finally {
  await kafka.stop();
  await rm(folder, { recursive: true, force: true });
}
