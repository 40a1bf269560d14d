export { EngineError } from './engine-error.js';
export type { EngineProcess, Exit } from './engine-process.js';
export { engineEnvironment, type EngineEnvironment } from './environment.js';
export { freePort } from './free-port.js';
export { findJava } from './java.js';
export { installKafka, kafkaFolder } from './kafka-install.js';
export { startKafka, type Kafka, type KafkaOptions } from './kafka.js';
export { pythonWith } from './python.js';
export { installPostgres, postgresDataFolder, startPostgres, type Postgres, type PostgresOptions } from './postgres.js';
