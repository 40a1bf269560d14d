import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { topicsOf } from '@siaga/contracts';
import { EngineError, freePort } from '@siaga/engines';
import { createLogger } from '@siaga/runtime';
import { grantRoles, migrate, openDatabase, rewindSource } from '@siaga/storage';
import { ensureTopics } from '@siaga/stream';
import type { LogOutput } from '../supervisor/log-output.js';
import type { RunFolder } from '../supervisor/run-folder.js';
import { supervise, type Supervised, type SuperviseHooks, type Unit } from '../supervisor/supervise.js';
import { kafkaUnit, postgresUnit, prometheusUnit } from './engine-units.js';
import { writePolicy } from './policy.js';
import { choosePorts, type Ports } from './ports.js';
import { untilReady } from './ready.js';
import { ensureSecrets } from './secrets.js';
import { demoPlatformUnit, serviceUnits } from './service-units.js';
import type { MakeRig } from './rig.js';
import type { PlannedSource } from './sources.js';
import type { StateFolder } from './state-folder.js';

export interface FleetOptions {
  readonly repository: string;
  readonly state: StateFolder;
  readonly run: RunFolder;
  readonly source: PlannedSource;
  /** Processes of classify, at least one. */
  readonly workers: number;
  /** Prometheus too, with the windows of its rules so many times shorter. */
  readonly prometheus?: { readonly speed: number } | undefined;
  readonly env: NodeJS.ProcessEnv;
  readonly logs: LogOutput;
  /** Takes what was started; the caller stops it in reverse, also after a failure. */
  readonly running: Supervised[];
  readonly signal: AbortSignal;
  /** A part of the fleet ended in a way that starting it again cannot mend. */
  readonly onHopeless: (error: Error) => void;
  readonly rig?: MakeRig;
}

export interface Fleet {
  readonly ports: Ports;
  readonly brokers: string;
  readonly databaseUrl: string;
  /** The source registry that ingest reads. */
  readonly sourcesFile: string;
  /** Ops ports of the second classify process and the following ones. */
  readonly moreClassifyOps: readonly number[];
}

/**
 * Starts everything in order and waits until each part is usable: engines, schema, topics, demo platform, services.
 *
 * @throws EngineError or Fault with the remedy; what was started by then is in `running`
 */
export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const { repository, state, source, workers, logs, signal } = options;
  const ports = await choosePorts((part, wanted, got) =>
    logs.say(`port ${wanted} is taken: ${part} listens on ${got}`),
  );
  const rig = await options.rig?.(ports);
  ensureSecrets(state.secrets);
  writePolicy(path.join(repository, 'infra', 'dev', 'policy.yaml'), state.policy, ports);
  const sourcesFile = source.registry ?? state.sources;
  if (!source.registry)
    writeFileSync(state.sources, JSON.stringify({ sources: source.entry ? [source.entry] : [] }, null, 2));

  const brokers = `127.0.0.1:${ports.kafka}`;
  const databaseUrl = databaseUrlAt(ports.postgres);
  await timed(logs, 'Kafka and PostgreSQL', () =>
    allStarted([start(postgresUnit(state, ports), options), start(kafkaUnit(state, ports, rig?.kafka), options)]),
  );
  signal.throwIfAborted();
  await timed(logs, 'schema and topics', async () => {
    await Promise.all([prepareDatabase(databaseUrl), createTopics(brokers)]);
    if (source.entry && source.fromBeginning) await fromBeginning(databaseUrl, source.entry.name);
  });

  const unitOptions = {
    ...{ repository, state, ports, env: options.env, output: logs.of, sourcesFile },
    envOf: rig?.envOf ?? (() => ({})),
    brokers: rig ? `127.0.0.1:${rig.reach.kafka}` : brokers,
    databaseUrl: rig ? databaseUrlAt(rig.reach.postgres) : databaseUrl,
    withPrometheus: options.prometheus !== undefined,
    moreClassifyOps: await Promise.all(Array.from({ length: workers - 1 }, () => freePort())),
    allowPrivateFeeds:
      options.env.SIAGA_ALLOW_PRIVATE_ADDRESSES === 'true' ||
      (source.entry?.kind === 'feed' && isLoopback(source.entry.url)),
  };
  const units = serviceUnits(unitOptions);
  await timed(logs, 'services', async () => {
    await start(demoPlatformUnit(unitOptions), options);
    // What comes later in the flow is ready before what comes earlier begins, ingest last.
    for (const group of [units.slice(0, -1), units.slice(-1)]) {
      await allStarted(group.map((unit) => start(unit, options)));
      await Promise.all(group.map((unit) => untilReady(unit.name, unit.opsPort, signal, state.logs)));
    }
  });
  const { prometheus } = options;
  if (prometheus) {
    const targets = units.map(({ job, opsPort }) => ({ job, port: opsPort }));
    await timed(logs, 'Prometheus', () => start(prometheusUnit(state, ports, targets, prometheus.speed), options));
  }
  const { moreClassifyOps } = unitOptions;
  const fleet: Fleet = { ports, brokers, databaseUrl, sourcesFile, moreClassifyOps };
  writeFileSync(state.addresses, JSON.stringify(fleet, null, 2));
  return fleet;
}

const databaseUrlAt = (port: number) => `postgres://siaga@127.0.0.1:${port}/postgres`;

async function start(unit: Unit, { run, logs, running, onHopeless, signal }: FleetOptions): Promise<void> {
  signal.throwIfAborted();
  const hooks: SuperviseHooks = {
    onStart(name, pid, starts) {
      try {
        run.record(name, pid, unit.stopSignal);
      } catch (error) {
        // On a full disk: it runs all the same, and only a killed supervisor would have needed to know of it.
        logs.say(`${name} (process ${pid}) could not be noted: ${(error as Error).message}`);
      }
      if (starts > 1) logs.say(`${name} is back (process ${pid})`);
    },
    onRestart: (name, why, delayMs) => logs.say(`${name} ended (${why}), starting it again in ${delayMs} ms`),
    onStop: (name) => run.forget(name),
    onHopeless: (name, why) => onHopeless(new EngineError(`${name} does not start: ${why}`)),
  };
  running.push(await supervise(unit, hooks, signal));
}

/** Waits for all, so that nothing is still starting when the caller begins to release; then throws the first failure. */
async function allStarted(starting: readonly Promise<void>[]): Promise<void> {
  for (const result of await Promise.allSettled(starting)) if (result.status === 'rejected') throw result.reason;
}

/** Stops everything in the reverse of its start. */
export async function stopFleet(running: Supervised[]): Promise<void> {
  for (let last = running.pop(); last; last = running.pop()) await last.stop();
}

async function timed(logs: LogOutput, what: string, work: () => Promise<void>): Promise<void> {
  const startedAt = Date.now();
  logs.say(`starting ${what} …`);
  await work();
  logs.say(`${what} ready after ${((Date.now() - startedAt) / 1000).toFixed(1)} s`);
}

function createTopics(brokers: string): Promise<void> {
  const stream = { brokers, clientId: 'siaga-dev', log: createLogger('dev', 'silent') };
  return ensureTopics(stream, Object.values(topicsOf()));
}

/** Schema and roles, so that here too a service may do no more than it does on a cluster. */
async function prepareDatabase(databaseUrl: string): Promise<void> {
  await migrate(databaseUrl);
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-dev', poolSize: 1 });
  await grantRoles(db).finally(() => db.close());
}

async function fromBeginning(databaseUrl: string, source: string): Promise<void> {
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-dev', poolSize: 1 });
  await rewindSource(db, source, null);
  await db.close();
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname);
}
