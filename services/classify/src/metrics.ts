import { BOUNDS } from '@siaga/models';
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
    drops: new Counter({
      name: 'siaga_classify_drops_total',
      help: 'Posts without scores, by reason (empty-text, other-language)',
      labelNames: ['reason'],
      registers,
    }),
    languages: new Counter({
      name: 'siaga_classify_languages_total',
      help: 'Scored posts by language as guessed from their words (id, unknown)',
      labelNames: ['language'],
      registers,
    }),
    remembered: new Counter({
      name: 'siaga_classify_remembered_total',
      help: 'Posts whose text was scored lately and was not scored again',
      registers,
    }),
    flags: new Counter({
      name: 'siaga_classify_flags_total',
      help: 'Posts whose score reached the flag threshold of a category',
      labelNames: ['category'],
      registers,
    }),
    claims: new Gauge({
      name: 'siaga_classify_claims',
      help: 'Debunked claims that posts are matched against',
      registers,
    }),
    claimMatches: new Counter({
      name: 'siaga_classify_claim_matches_total',
      help: 'Posts that put a debunked claim forward',
      registers,
    }),
    rumours: new Counter({
      name: 'siaga_classify_rumours_total',
      help: 'Posts that look like rumours and repeat no debunked claim; watched for copies, no alerts',
      registers,
    }),
    lookedBack: new Counter({
      name: 'siaga_classify_look_back_posts_total',
      help: 'Earlier posts that were read again for new claims (read), and those of them that make one (flagged)',
      labelNames: ['outcome'],
      registers,
    }),
    audits: new Counter({
      name: 'siaga_classify_audits_total',
      help: 'Posts below every threshold that were picked for people to look at; no alerts',
      registers,
    }),
    stageSeconds: new Histogram({
      name: 'siaga_classify_stage_seconds',
      help: 'Time of one micro-batch in each stage (decode, score, encode, emit)',
      labelNames: ['stage'],
      buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
    freshness: new Histogram({
      name: 'siaga_classify_freshness_seconds',
      help: 'From the moment a post was seen to its verdict, dropped posts and the canary included',
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800],
      registers,
    }),
    model: new Gauge({
      name: 'siaga_classify_model_info',
      help: 'Always 1; the labels say which model serves, and on which TF.js backend',
      labelNames: ['role', 'model', 'version', 'backend'],
      registers,
    }),
    tensors: new Gauge({
      name: 'siaga_classify_tensors',
      help: 'Tensors that TF.js holds after a micro-batch; constant unless there is a leak',
      registers,
    }),
    modelRefused: new Gauge({
      name: 'siaga_classify_model_refused',
      help: '1 while the model that the pointer names is refused and the one before it goes on',
      labelNames: ['role'],
      registers,
    }),
    modelRefusals: new Counter({
      name: 'siaga_classify_model_refusals_total',
      help: 'Models that could not be loaded or failed their smoke check',
      labelNames: ['role'],
      registers,
    }),
    driftIndex: new Gauge({
      name: 'siaga_classify_drift_psi',
      help: 'Population stability index of the latest posts against those that the model was fitted to',
      labelNames: ['model', 'what'],
      registers,
    }),
    scores: new Histogram({
      name: 'siaga_classify_score_ratio',
      help: 'Scores of a sample of posts, 0 to 1',
      labelNames: ['model', 'category'],
      buckets: [...BOUNDS.score],
      registers,
    }),
    lengths: new Histogram({
      name: 'siaga_classify_text_length_characters',
      help: 'Length of the text of a sample of posts, in UTF-16 code units',
      labelNames: ['model'],
      buckets: [...BOUNDS.length],
      registers,
    }),
    unknownWords: new Histogram({
      name: 'siaga_classify_unknown_words_ratio',
      help: 'Share of the words that the model knows next to nothing of, of a sample of posts',
      labelNames: ['model'],
      buckets: [0, ...BOUNDS.unknown.slice(1)],
      registers,
    }),
    shadowPosts: new Counter({
      name: 'siaga_classify_shadow_posts_total',
      help: 'Posts that the shadow model scored beside the active one',
      registers,
    }),
    shadowDisagreements: new Counter({
      name: 'siaga_classify_shadow_disagreements_total',
      help: 'Posts that only one of the models would flag: gained or lost by the shadow',
      labelNames: ['category', 'shadow'],
      registers,
    }),
    shadowStability: new Gauge({
      name: 'siaga_classify_shadow_stability_index',
      help: 'Population stability index of the shadow scores against the active ones',
      labelNames: ['category'],
      registers,
    }),
    shadowFailures: new Counter({
      name: 'siaga_classify_shadow_failures_total',
      help: 'Micro-batches that the shadow model could not score',
      registers,
    }),
  };
}

export type ClassifyMetrics = ReturnType<typeof classifyMetrics>;
