import { postCodec, verdictCodec, type Verdict } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR, loadScorer } from '@siaga/models';
import { createFeatureExtractor, normalise } from '@siaga/text';
import { encodedPosts } from './made-up-posts.js';

/** Posts per second of CPU time of one core, by stage. */
export type Stages = Readonly<Record<string, number>>;

const POSTS = 2_560;
const BATCH = 256;
const CPU_SECONDS = 2;

/** Each stage of the classify path by itself, on posts of 140 characters, without Kafka. */
export async function measureStages(): Promise<{ stages: Stages; backend: string }> {
  const scorer = await loadScorer(ACTIVE_MODEL_DIR);
  const extractor = createFeatureExtractor(scorer.features);
  const encoded = encodedPosts(POSTS, 370, 0).map(({ value }) => value);
  const posts = encoded.flatMap((value) => {
    const decoded = postCodec.decode(value);
    return decoded.ok ? [decoded.value] : [];
  });
  const texts = posts.map(({ text }) => text);
  const verdicts = posts.map((post): Verdict => {
    const scores = { hoax: 0.1234, hate: 0.2345, bullying: 0.3456 };
    const model = { name: scorer.name, version: scorer.version };
    const { id, seenAt } = post;
    const textSha256 = 'a'.repeat(64);
    return {
      schemaVersion: 1,
      id,
      outcome: 'scored',
      scores,
      model,
      backend: scorer.backend,
      textSha256,
      seenAt,
      scoredAt: seenAt,
    };
  });
  const inBatches =
    <T>(items: readonly T[], work: (batch: readonly T[]) => unknown) =>
    () => {
      for (let start = 0; start < items.length; start += BATCH) work(items.slice(start, start + BATCH));
    };
  const stages = {
    decode: perCpuSecond(() => encoded.forEach((value) => postCodec.decode(value))),
    normalise: perCpuSecond(() => texts.forEach(normalise)),
    'normalise and features': perCpuSecond(inBatches(texts, (batch) => extractor.extract(batch.map(normalise)))),
    'text and category scores': perCpuSecond(inBatches(texts, (batch) => scorer.categories(batch))),
    'text and all heads in TF.js': perCpuSecond(inBatches(texts, (batch) => scorer.score(batch))),
    'encode verdicts': perCpuSecond(() => verdicts.forEach((verdict) => verdictCodec.encode(verdict))),
  };
  const { backend } = scorer;
  scorer.dispose();
  return { stages, backend };
}

/** Runs over all posts again and again for two seconds of this process's CPU time, after two rounds to warm up. */
function perCpuSecond(round: () => void): number {
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  round();
  round();
  const start = cpu();
  let posts = 0;
  while (cpu() - start < CPU_SECONDS) {
    round();
    posts += POSTS;
  }
  return Math.round(posts / (cpu() - start));
}
