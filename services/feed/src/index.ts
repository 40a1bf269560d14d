export { buildApp, type AppOptions } from './app.js';
export { FlagItem } from './flag-item.js';
export { createLive, type Live } from './live/live.js';
export { feedMetrics, gaugeSubscriptions } from './metrics.js';
export { BOARDS, PANELS, type Board, type Panel, type Unit } from './ops/panels.js';
