export { ingestMetrics } from './metrics.js';
