import { parseArgs } from 'node:util';
import { createFeatureExtractor, normalise } from '@siaga/text';
import { FEATURES } from '../train/learn.js';
import { loadScorer } from '../src/load.js';
import { MODEL_DIR } from '../train/paths.js';
import { samplePosts } from './sample-posts.js';

const HELP = `Measures posts per second on one core, on made-up posts of about 140 characters.

usage: npm run bench:models -- [--seconds N] [--batch N]
`;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '3' },
    batch: { type: 'string', default: '256' },
    help: { type: 'boolean', default: false },
  },
});

interface Speed {
  readonly stage: string;
  readonly postsPerSecond: number;
  readonly postsPerCpuSecond: number;
}

/** Runs `work` on batches for `seconds` of this process's CPU time, after a warm-up; TF.js's threads count into it. */
function measure(
  stage: string,
  batches: readonly (readonly string[])[],
  seconds: number,
  work: (batch: readonly string[]) => unknown,
): Speed {
  for (let i = 0; i < 20; i++) work(batches[i % batches.length] ?? []);
  const [wall, cpu] = [performance.now(), process.cpuUsage()];
  const cpuSeconds = (): number => {
    const used = process.cpuUsage(cpu);
    return (used.user + used.system) / 1e6;
  };
  let posts = 0;
  for (let i = 0; cpuSeconds() < seconds; i++) {
    const batch = batches[i % batches.length] ?? [];
    work(batch);
    posts += batch.length;
  }
  return {
    stage,
    postsPerSecond: Math.round(posts / ((performance.now() - wall) / 1000)),
    postsPerCpuSecond: Math.round(posts / cpuSeconds()),
  };
}

async function main(): Promise<void> {
  if (values.help) return void process.stdout.write(HELP);
  const [seconds, batch] = [Number(values.seconds), Number(values.batch)];
  const posts = samplePosts(8192);
  const batches = Array.from({ length: Math.floor(posts.length / batch) }, (_, i) =>
    posts.slice(i * batch, (i + 1) * batch),
  );
  const extractor = createFeatureExtractor(FEATURES);
  const speeds = [
    measure('normalise', batches, seconds, (texts) => texts.map(normalise)),
    measure('normalise + features', batches, seconds, (texts) => extractor.extract(texts.map(normalise))),
  ];
  const began = performance.now();
  const scorer = await loadScorer(MODEL_DIR);
  const loadMilliseconds = Math.round(performance.now() - began);
  speeds.push(measure(`score, ${scorer.backend}`, batches, seconds, (texts) => scorer.score(texts)));
  if (scorer.backend === 'native') {
    const wasm = await loadScorer(MODEL_DIR, { backend: 'wasm' });
    speeds.push(measure('score, wasm', batches, seconds, (texts) => wasm.score(texts)));
  }
  const characters = posts.reduce((sum, post) => sum + post.length, 0) / posts.length;
  process.stdout.write(
    `${posts.length} posts of ${characters.toFixed(0)} characters, batches of ${batch}; model loads in ${loadMilliseconds} ms\n`,
  );
  for (const { stage, postsPerSecond, postsPerCpuSecond } of speeds) {
    process.stdout.write(
      `${stage.padEnd(22)} ${String(postsPerSecond).padStart(8)} posts/s   ${String(postsPerCpuSecond).padStart(8)} posts per CPU second\n`,
    );
  }
  process.stdout.write(`${JSON.stringify({ loadMilliseconds, characters, batch, speeds })}\n`);
}

await main();
