import { collectDefaultMetrics, Registry } from 'prom-client';
import Type, { type Static, type TObject, type TProperties } from 'typebox';
import type { Check } from './check.js';
import { processSettings } from './common-settings.js';
import { deferred } from './deferred.js';
import { SettingsError } from './errors.js';
import { gaugeChecks, gaugeDisk } from './health-metrics.js';
import { createLogger, type Logger } from './logger.js';
import { startOpsServer } from './ops-server.js';
import { Releasers } from './releasers.js';
import { readSettings } from './settings.js';
import { openTracing, type Tracing } from './tracing.js';

const DRAIN_TIMEOUT_MS = 14_000;
const EX_CONFIG = 78;

/** What a service gets to work with while it runs. */
export interface Service {
  readonly log: Logger;
  readonly registry: Registry;
  readonly tracing: Tracing;
  /** Aborted when the service is asked to stop. */
  readonly stopping: AbortSignal;
  /** Registers how to give back what was just acquired; called in reverse order at the end. */
  onStop(name: string, release: () => Promise<void> | void): void;
  /** Adds a check to `/readyz`: it throws when the thing is not usable. */
  readyWhen(name: string, check: Check): void;
  /** Called on SIGHUP: reads settings that can change while the service runs. */
  onReload(name: string, reload: () => void): void;
  /** Ends the process with a failure, for errors that surface outside any awaited call. */
  crash(error: unknown): void;
}

export interface ServiceDefinition<P extends TProperties> {
  readonly name: string;
  readonly settings: TObject<P>;
  readonly start: (service: Service, settings: Static<TObject<P>>) => Promise<void>;
}

/**
 * The life of every service: read settings, log, acquire in order, serve, drain on SIGTERM, release in reverse.
 * A service whose supervisor is gone stops too. Ends the process.
 *
 * Exit codes: 0 stopped when asked, 1 crashed, 78 unusable settings.
 */
export async function runService<P extends TProperties>(definition: ServiceDefinition<P>): Promise<never> {
  const releasers = new Releasers();
  const stop = new AbortController();
  let log = createLogger(definition.name);
  const end = endOfProcess((signal) => log.info({ signal }, 'stopping'));
  let failure: unknown;
  try {
    const own = readSettings(definition.settings, process.env);
    const shared = readSettings(Type.Object(processSettings), process.env);
    log = createLogger(definition.name, shared.SIAGA_LOG_LEVEL);
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    const checks = new Map<string, Check>();
    gaugeChecks(registry, checks);
    gaugeDisk(registry, shared.SIAGA_WATCHED_FOLDERS.split(',').filter(Boolean));
    const tracing = await openTracing(definition.name, {
      share: shared.SIAGA_TRACE_SHARE,
      url: shared.SIAGA_TRACE_URL,
    });
    releasers.push('traces', () => tracing.close());
    const ops = await startOpsServer({ host: shared.SIAGA_OPS_HOST, port: shared.SIAGA_OPS_PORT, registry, checks });
    releasers.push('ops server', ops.close);
    const service: Service = {
      ...{ log, registry, tracing },
      stopping: stop.signal,
      onStop: (what, release) => releasers.push(what, release),
      readyWhen: (what, check) => checks.set(what, check),
      onReload: (what, reload) =>
        void process.on('SIGHUP', () => {
          log.info({ what }, 'reading again');
          reload();
        }),
      crash: end.resolve,
    };
    const started = definition.start(service, own).then(() => log.info({ opsPort: ops.port }, 'started'));
    await Promise.race([started, end.promise]);
    failure = await end.promise;
  } catch (error) {
    failure = error;
  }
  stop.abort();
  const releaseFailure = await within(
    DRAIN_TIMEOUT_MS,
    releasers.releaseAll((what, err) => log.error({ err, what }, 'release failed')),
  );
  process.exit(report(log, failure ?? releaseFailure));
}

/** Resolves with undefined when the process is asked to stop, with an error when something got away. */
function endOfProcess(onAsked: (signal: string) => void) {
  const end = deferred<unknown>();
  const ask = (signal: string) => () => {
    onAsked(signal);
    end.resolve(undefined);
  };
  process.once('SIGTERM', ask('SIGTERM'));
  process.once('SIGINT', ask('SIGINT'));
  process.on('uncaughtException', end.resolve);
  process.on('unhandledRejection', end.resolve);
  if (process.channel) {
    process.once('disconnect', ask('supervisor gone'));
    process.channel.unref();
  }
  return end;
}

async function within(ms: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<unknown>((resolve) => {
    timer = setTimeout(() => resolve(new Error(`not drained after ${ms} ms`)), ms);
  });
  const result = await Promise.race([work, late]);
  clearTimeout(timer);
  return result;
}

function report(log: Logger, failure: unknown): number {
  if (failure === undefined) {
    log.info('stopped');
    return 0;
  }
  if (failure instanceof SettingsError) {
    for (const fault of failure.faults) log.fatal({ fault }, 'unusable settings');
    return EX_CONFIG;
  }
  log.fatal({ err: failure }, 'crashed');
  return 1;
}
