import path from 'node:path';
import { postgresDataFolder } from '@siaga/engines';
import { asRole } from '@siaga/storage';
import { startNodeProcess } from '../supervisor/node-process.js';
import type { Unit } from '../supervisor/supervise.js';
import type { Ports } from './ports.js';
import type { StateFolder } from './state-folder.js';

export interface ServiceUnit extends Unit {
  /** Which service it is a process of. */
  readonly job: string;
  readonly opsPort: number;
}

export interface ServiceUnitOptions {
  readonly repository: string;
  readonly state: StateFolder;
  readonly ports: Ports;
  readonly brokers: string;
  readonly databaseUrl: string;
  readonly sourcesFile: string;
  /** Of this process; the services get it with their settings added. */
  readonly env: NodeJS.ProcessEnv;
  /** What one of them gets besides. */
  readonly envOf: (unit: string) => NodeJS.ProcessEnv;
  /** Ops ports of the second classify process and the following ones. */
  readonly moreClassifyOps: readonly number[];
  readonly allowPrivateFeeds: boolean;
  /** Whether Prometheus runs beside them. */
  readonly withPrometheus: boolean;
  readonly output: (name: string) => (chunk: string) => void;
}

/** One process a core scales best; TensorFlow's own threads would compete with the neighbours. */
const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1' };

/** The usual share of one in a thousand would mostly pick none of a few hundred posts. */
const DEMO_AUDIT_SHARE = '0.02';

/** The four services, in the order in which they start: what brings posts in comes last. */
export function serviceUnits(options: ServiceUnitOptions): ServiceUnit[] {
  const { repository, state, brokers, ports, databaseUrl, env, output } = options;
  const shared = { SIAGA_KAFKA_BROKERS: brokers };
  const service = (name: string, opsPort: number, settings: Record<string, string>, folder = name): ServiceUnit => ({
    ...nodeUnit(name, {
      program: path.join(repository, 'services', folder, 'dist', 'main.js'),
      env: {
        ...{ ...env, ...shared, ...settings, SIAGA_OPS_PORT: String(opsPort) },
        // Classify keeps no state, and has no role.
        ...(folder === 'classify' ? {} : { SIAGA_DATABASE_URL: asRole(databaseUrl, `siaga_${folder}`) }),
        ...options.envOf(name),
      },
      cwd: repository,
      output,
    }),
    ...{ job: folder, opsPort },
  });
  return [
    service('feed', ports.feedOps, {
      SIAGA_FEED_PORT: String(ports.feed),
      SIAGA_FEED_HOST: '127.0.0.1',
      SIAGA_SECRETS_FILE: state.secrets,
      // It listens on this machine alone, and a newcomer should see something; to change anything takes an account.
      SIAGA_FEED_ANONYMOUS: env.SIAGA_FEED_ANONYMOUS ?? 'viewer',
      ...(options.withPrometheus ? { SIAGA_FEED_PROMETHEUS_URL: `http://127.0.0.1:${ports.prometheus}` } : {}),
    }),
    service('notify', ports.notifyOps, {
      SIAGA_POLICY_FILE: state.policy,
      SIAGA_SECRETS_FILE: state.secrets,
      SIAGA_WATCHED_FOLDERS: [state.kafka, postgresDataFolder(state.postgres)].join(','),
      SIAGA_NOTIFY_PORT: String(ports.notify),
      SIAGA_PUBLIC_URL: `http://127.0.0.1:${ports.notify}`,
      // The demo platform is on this machine.
      SIAGA_ALLOW_PRIVATE_ADDRESSES: 'true',
    }),
    ...[ports.classifyOps, ...options.moreClassifyOps].map((port, i) =>
      service(
        i === 0 ? 'classify' : `classify-${i + 1}`,
        port,
        {
          ...(options.moreClassifyOps.length > 0 ? ONE_THREAD : {}),
          SIAGA_AUDIT_SHARE: env.SIAGA_AUDIT_SHARE ?? DEMO_AUDIT_SHARE,
        },
        'classify',
      ),
    ),
    service('ingest', ports.ingestOps, {
      SIAGA_SOURCES_FILE: options.sourcesFile,
      SIAGA_SECRETS_FILE: state.secrets,
      SIAGA_WORKER_ID: 'ingest',
      SIAGA_PUSH_PORT: String(ports.push),
      // Where nobody looks at its figures it would only be in the way.
      ...(options.withPrometheus ? { SIAGA_CANARY_SECONDS: env.SIAGA_CANARY_SECONDS ?? '60' } : {}),
      SIAGA_ALLOW_PRIVATE_ADDRESSES: String(options.allowPrivateFeeds),
    }),
  ];
}

/** The platform that receives the demo's notices and answers them. */
export function demoPlatformUnit({ repository, state, ports, env, envOf, output }: ServiceUnitOptions): Unit {
  return nodeUnit('platform', {
    program: path.join(repository, 'infra', 'dev', 'dist', 'demo-platform', 'main.js'),
    env: {
      ...env,
      SIAGA_PLATFORM_PORT: String(ports.platform),
      SIAGA_PLATFORM_FILE: state.notices,
      SIAGA_SECRETS_FILE: state.secrets,
      ...envOf('platform'),
    },
    cwd: repository,
    output,
  });
}

function nodeUnit(
  name: string,
  {
    program,
    env,
    cwd,
    output,
  }: { program: string; env: NodeJS.ProcessEnv; cwd: string; output: ServiceUnitOptions['output'] },
): Unit {
  const onOutput = output(name);
  return { name, stopSignal: 'SIGTERM', start: () => startNodeProcess({ program, env, cwd, onOutput }) };
}
