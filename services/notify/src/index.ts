export { gaugeAll } from './gauges.js';
export { notifyMetrics } from './metrics.js';
