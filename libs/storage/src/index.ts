export * from './campaigns.js';
export * from './cursors.js';
export * from './database.js';
export * from './deliveries.js';
export * from './flags.js';
export * from './migrate.js';
export * from './notices.js';
