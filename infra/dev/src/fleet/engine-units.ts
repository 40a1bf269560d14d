import { startKafka, startPostgres } from '@siaga/engines';
import type { Unit } from '../supervisor/supervise.js';
import type { Ports } from './ports.js';
import type { StateFolder } from './state-folder.js';

export function kafkaUnit(state: StateFolder, ports: Ports): Unit {
  return {
    name: 'kafka',
    stopSignal: 'SIGTERM',
    start: (signal) =>
      startKafka({
        port: ports.kafka,
        controllerPort: ports.kafkaController,
        dataDir: state.kafka,
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
