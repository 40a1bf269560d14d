export { freePort } from '@siaga/engines';
export * from './database.js';
export * from './events.js';
export * from './kafka.js';
export * from './restartable-kafka.js';
export * from './restartable-postgres.js';
export * from './service.js';
export * from './until.js';
