import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export function classifyMetrics(registry: Registry) {
  const registers = [registry];
  return {
    posts: new Counter({
      name: 'siaga_classify_posts_total',
      help: 'Posts by outcome (scored, dropped)',
      labelNames: ['outcome'],
      registers,
    }),
    flags: new Counter({
      name: 'siaga_classify_flags_total',
      help: 'Posts whose score reached the flag threshold of a category',
      labelNames: ['category'],
      registers,
    }),
    stageSeconds: new Histogram({
      name: 'siaga_classify_stage_seconds',
      help: 'Time of one micro-batch in each stage (decode, score, emit)',
      labelNames: ['stage'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    freshness: new Histogram({
      name: 'siaga_classify_freshness_seconds',
      help: 'From the moment a post was seen to its verdict',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    model: new Gauge({
      name: 'siaga_classify_model_info',
      help: 'Always 1; the labels say which model serves, and on which TF.js backend',
      labelNames: ['model', 'version', 'backend'],
      registers,
    }),
  };
}

export type ClassifyMetrics = ReturnType<typeof classifyMetrics>;
