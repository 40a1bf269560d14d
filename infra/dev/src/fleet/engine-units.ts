import path from 'node:path';
import { startKafka, startPostgres, startPrometheus, type KafkaOptions } from '@siaga/engines';
import type { Unit } from '../supervisor/supervise.js';
import { writeFleetConfig, type Target } from '../prometheus/fleet-config.js';
import type { Ports } from './ports.js';
import type { StateFolder } from './state-folder.js';

/** What a fleet that is broken on purpose wants of its broker. */
export type KafkaExtras = Pick<KafkaOptions, 'detour' | 'stampedByBroker'>;

export function kafkaUnit(state: StateFolder, ports: Ports, extras: KafkaExtras = {}): Unit {
  return {
    name: 'kafka',
    stopSignal: 'SIGTERM',
    start: (signal) =>
      startKafka({
        port: ports.kafka,
        controllerPort: ports.kafkaController,
        dataDir: state.kafka,
        ...extras,
        detached: true,
        signal,
      }),
  };
}

export function postgresUnit(state: StateFolder, ports: Ports): Unit {
  return {
    name: 'postgres',
    stopSignal: 'SIGINT', // "fast": rolls back what is under way and disconnects clients
    start: (signal) => startPostgres({ port: ports.postgres, dataDir: state.postgres, detached: true, signal }),
  };
}

/** Scrapes the services that run here; `speed` is how many times shorter the windows of its rules are. */
export function prometheusUnit(state: StateFolder, ports: Ports, targets: readonly Target[], speed: number): Unit {
  return {
    name: 'prometheus',
    stopSignal: 'SIGTERM',
    start: (signal) =>
      startPrometheus({
        port: ports.prometheus,
        configFile: writeFleetConfig(state.prometheus, targets, speed),
        dataDir: path.join(state.prometheus, 'data'),
        detached: true,
        signal,
      }),
  };
}
