import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { ensureBuild, ensureProgram } from './build.mjs';
import { findChromium } from './chromium.mjs';
import { ensureDependencies } from './dependencies.mjs';
import { Fault } from './fault.mjs';
import { ensureNative, installNative } from './native.mjs';
import { inRoot, inState, root } from './paths.mjs';
import { phase } from './phase.mjs';
import { reset } from './reset.mjs';
import { reloadAfter, surroundSources } from './sources.mjs';

const EX_USAGE = 2;

/** Command -> what it needs beyond dependencies and build, and the built program that takes over. */
const commands = {
  start: { run: async (args) => (await withFleet(), handOver('infra/dev/dist/main.js', args)) },
  bench: { run: async (args) => (await withFleet(), handOver('infra/bench/dist/main.js', args)) },
  accept: {
    async run([area, ...args]) {
      // The models are held to figures on the data folder, which needs no fleet.
      if (area === 'models') return training('accept').run(args);
      await withFleet();
      await handOver('infra/dev/dist/accept.js', area === undefined ? [] : [area, ...args]);
    },
  },
  asyncapi: { run: () => handOver('infra/dev/dist/asyncapi.js', []) },
  dashboards: { run: () => handOver('infra/dev/dist/dashboards.js', []) },
  'metrics-catalogue': { run: () => handOver('infra/dev/dist/metrics-catalogue.js', []) },
  chaos: { run: async (args) => (await withFleet(), handOver('infra/dev/dist/chaos.js', args)) },
  soak: { run: async (args) => (await withFleet(), handOver('infra/dev/dist/soak.js', args)) },
  'many-flags': { run: (args) => handOver('infra/dev/dist/many-flags.js', args) },
  'many-subscribers': { run: (args) => handOver('infra/dev/dist/many-subscribers.js', args) },
  replay: { run: async (args) => (await ensureNative(), handOver('infra/dev/dist/replay.js', args)) },
  'dead-letters': { run: (args) => handOver('infra/dev/dist/dead-letters.js', args) },
  // What stands on standard output is the scores; a line about backends on every call would only be in the way.
  score: { run: (args) => handOver('models/dist/cli/score.js', args) },
  sources: {
    async run(args) {
      surroundSources();
      await handOver('services/ingest/dist/cli/sources.js', args);
      await reloadAfter(args);
    },
  },
  claims: {
    async run(args) {
      surroundSources();
      await handOver('services/ingest/dist/cli/claims.js', args);
    },
  },
  accounts: {
    async run(args) {
      surroundSources();
      await handOver('services/feed/dist/cli/accounts.js', args);
    },
  },
  report: {
    async run(args) {
      surroundSources();
      await handOver('services/feed/dist/cli/report.js', args);
    },
  },
  topics: opsProgram('topics'),
  licences: { run: () => handOver('infra/ops/dist/licences.js', []) },
  database: {
    async run(args) {
      // The PostgreSQL that npm start runs is newer than what most systems have tools for.
      if (['dump', 'restore'].includes(args[0]) && process.env.SIAGA_PG_BIN === undefined) {
        const { postgresTools } = await import('../../engines/dist/index.js');
        await phase('looking for pg_dump', async () => void (process.env.SIAGA_PG_BIN = await postgresTools()));
      }
      await opsProgram('database').run(args);
    },
  },
  evidence: notifyProgram('evidence'),
  notices: notifyProgram('notices'),
  policy: notifyProgram('policy'),
  retention: notifyProgram('retention'),
  train: training('main'),
  evaluate: { run: (args) => training(args[0] === 'claims' ? 'claims/evaluate' : 'evaluate').run(args) },
  thresholds: training('thresholds'),
  card: training('make-card'),
  reference: training('fill-reference'),
  test: { run: test },
  native: { build: false, run: installNative },
  reset: { dependencies: false, build: false, run: reset },
};

/** A program of services/notify, which works on the database of the fleet that runs here. */
function notifyProgram(program) {
  return {
    async run(args) {
      surroundSources();
      if (existsSync(inState('policy.yaml'))) process.env.SIAGA_POLICY_FILE ??= inState('policy.yaml');
      await handOver(`services/notify/dist/cli/${program}.js`, args);
    },
  };
}

/** A program of infra/ops, which works on the Kafka and PostgreSQL of the fleet that runs here. */
function opsProgram(program) {
  return {
    async run(args) {
      surroundSources();
      await handOver(`infra/ops/dist/${program}.js`, args);
    },
  };
}

/** A program of models/train, which is compiled only when somebody asks for it. */
function training(program) {
  return {
    async run(args) {
      await ensureProgram('models/train');
      await ensureNative();
      await handOver(`models/train/dist/train/${program}.js`, args);
    },
  };
}

/** Ends with the command's exit code; a fault that the user can mend is one message without a stack. */
export async function runCommand(name, args) {
  try {
    const command = Object.hasOwn(commands, name ?? '') ? commands[name] : undefined;
    if (!command)
      throw new Fault(`unknown command "${name ?? ''}": one of ${Object.keys(commands).join(', ')}`, EX_USAGE);
    if (command.dependencies !== false) await ensureDependencies();
    if (command.build !== false) await ensureBuild();
    await command.run(args);
  } catch (error) {
    if (error.name !== 'Fault' && error.name !== 'EngineError') throw error;
    console.error(`siaga | ${error.message}`);
    process.exitCode = error.exitCode ?? 1;
  }
}

async function withFleet() {
  await ensureKafka();
  await ensureNative();
}

/** The largest download after the dependencies: here, where its progress can be seen, and not while a fleet starts. */
async function ensureKafka() {
  const { engineEnvironment, findJava, installKafka, kafkaFolder } = await import('../../engines/dist/index.js');
  if (existsSync(kafkaFolder(engineEnvironment()))) return;
  await findJava(engineEnvironment().javaHome);
  await phase('fetching Apache Kafka (44 MB)', async (report) => void (await installKafka(report)));
}

/** In this very process, so that signals and standard streams need no passing on. */
async function handOver(program, args) {
  const file = inRoot(program);
  if (!existsSync(file)) throw new Fault(`${program} is not built yet`, EX_USAGE);
  process.argv.splice(1, process.argv.length, file, ...args);
  await import(file);
}

async function test(args) {
  await ensureKafka();
  await ensureNative();
  const chromium = await findChromium();
  const jest = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    inRoot('node_modules/jest/bin/jest.js'),
  ];
  const env = { ...process.env, ...(chromium ? { CHROMIUM_PATH: chromium } : {}) };
  const child = spawn(process.execPath, [...jest, ...args], { cwd: root, env, stdio: 'inherit' });
  // Ctrl-C reaches jest by itself, a kill does not; either way it is jest who tears its engines down, so we wait.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  const [code, signal] = await new Promise((resolve) => child.once('exit', (...ended) => resolve(ended)));
  process.exitCode = code ?? 128 + constants.signals[signal];
}
