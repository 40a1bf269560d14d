import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { CLAIM_MATCHER_DIR, createClaimBank, loadClaimMatcher, type ClaimBank } from '@siaga/models';
import { normalisedTokens } from '@siaga/text';
import { madeUpTexts, randomOf } from './made-up-posts.js';

export interface ClaimCost {
  readonly claims: number;
  /** Microseconds to match one post: the median, the mean of CPU time, and the 99th percentile. */
  readonly medianMicros: number;
  readonly meanMicros: number;
  readonly p99Micros: number;
  /** What the bank holds in memory. */
  readonly megabytes: number;
  readonly claimsPerSecond: number;
  /** Of the posts, the share that made a claim of the bank. */
  readonly matched: number;
}

const CLAIMS = 100_000;
const POSTS = 6_400;
const WORDS = 40_000;
const COMMON = 2_000;
/** Words of claims in a post that makes none of them: it is about the same things. */
const SHARED = 2;
const WARM_UP = 3;
/** One post in so many copies a claim, with a few words around it. */
const COPIES = 20;

/**
 * What matching adds to a post's way through classify: of a normalised post, which its style needs anyway, against a bank of made-up
 * claims, without Kafka.
 */
export async function measureClaims(): Promise<ClaimCost> {
  const matcher = await loadClaimMatcher(CLAIM_MATCHER_DIR);
  const claims = madeUpClaims(CLAIMS);
  const { word } = madeUpLanguage(11);
  const posts = madeUpTexts(POSTS, 110, 2).map((everyday, i) => {
    const text =
      i % COPIES === 0
        ? `${claims[i]} ${everyday.slice(0, 40)}`
        : `${everyday} ${Array.from({ length: SHARED }, word).join(' ')}`;
    return { text, tokens: normalisedTokens(text) };
  });
  const before = held();
  const bank = createClaimBank(matcher);
  const filling = cpuMicros();
  claims.forEach((text, i) => bank.add({ claimId: `bench:${i}`, text }));
  const filled = cpuMicros() - filling;
  const megabytes = (held() - before) / 1e6;
  for (let round = 0; round < WARM_UP; round++) matchAll(bank, posts);
  const { micros, matched, mean } = matchAll(bank, posts);
  const at = (share: number): number => tenths(micros[Math.floor(share * (micros.length - 1))] ?? NaN);
  return {
    claims: bank.size,
    medianMicros: at(0.5),
    meanMicros: tenths(mean),
    p99Micros: at(0.99),
    megabytes: Math.round(megabytes),
    claimsPerSecond: Math.round(CLAIMS / (filled / 1e6)),
    matched: Math.round((1e4 * matched) / POSTS) / 1e4,
  };
}

/** The time of a post by the clock: a post that is not interrupted, as the median one, takes as much CPU as time. */
function matchAll(bank: ClaimBank, posts: readonly { text: string; tokens: string[] }[]) {
  let matched = 0;
  const began = cpuMicros();
  const micros = posts.map((post) => {
    const start = performance.now();
    if (bank.match(post).length > 0) matched++;
    return (performance.now() - start) * 1000;
  });
  return { micros: micros.sort((x, y) => x - y), matched, mean: (cpuMicros() - began) / posts.length };
}

/** Words that hold sentences together; a claim has about two. */
const FUNCTION_WORDS = 'yang di dan ke dari untuk dengan pada akan tidak oleh karena dalam ini itu'.split(' ');

/** Words that mean nothing, with the frequencies of a language (Zipf and Mandelbrot), and a source of chance for sentences of them. */
function madeUpLanguage(seed: number) {
  const random = randomOf(seed);
  const pick = <T>(list: ArrayLike<T>): T => list[Math.floor(random() * list.length)] as T;
  const syllable = (): string => pick('bcdfghjklmnprstw') + pick('aiueo');
  const words = Array.from({ length: WORDS }, () =>
    Array.from({ length: 2 + Math.floor(random() * 3) }, syllable).join(''),
  );
  /** Its rank is spread evenly by its logarithm, but for the first COMMON, which are alike. */
  const word = (): string => words[Math.floor(COMMON * ((WORDS + COMMON) / COMMON) ** random()) - COMMON] ?? 'kabar';
  return { random, pick, word };
}

function madeUpClaims(count: number): string[] {
  const { random, pick, word } = madeUpLanguage(11);
  const everyday = madeUpTexts(200, 140, 3).flatMap(normalisedTokens);
  const draw = (): string => {
    const kind = random();
    if (kind < 0.25) return pick(FUNCTION_WORDS);
    return kind < 0.35 ? pick(everyday) : word();
  };
  return Array.from({ length: count }, () => Array.from({ length: 6 + Math.floor(random() * 6) }, draw).join(' '));
}

/** Bytes that are still in use after a collection. */
function held(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function cpuMicros(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

const tenths = (x: number): number => Math.round(10 * x) / 10;
