export { classifyMetrics } from './metrics.js';
