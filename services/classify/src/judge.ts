import { hash } from 'node:crypto';
import { CATEGORIES, type Flag, type Post, type Reason } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import type { ScoreCache } from './score-cache.js';

type Scores = Scored['scores'];

/** Longest that a token shown as a reason may be; longer ones are cut for the eye, the score has seen all of it. */
const MAX_REASON_LENGTH = 100;
const MAX_REASONS = 8;

export interface JudgedPost {
  readonly post: Post;
  /** Of the text as received. */
  readonly textSha256: string;
  readonly scores: Scores;
  /** Worked out for the few posts that reach a threshold. */
  readonly labels?: NonNullable<Scored['labels']>;
  /** What a model beside the active one says; it decides nothing. */
  readonly shadow?: Scores;
}

export interface Judgement {
  readonly scored: readonly JudgedPost[];
  /** Posts without any visible text: there is nothing to score. */
  readonly silent: readonly Post[];
  readonly flags: readonly Flag[];
  /** How many of the posts have a text that was scored lately. */
  readonly remembered: number;
}

/**
 * Scores posts as one batch: a pure function of the posts and the models, but for the time on its flags.
 *
 * @param shadow gives the scores of another model for the same posts, or undefined when it failed
 */
export function judge(
  posts: readonly Post[],
  scorer: Scorer,
  cache: ScoreCache,
  shadow?: (posts: readonly Post[], active: readonly Scores[]) => Scores[] | undefined,
): Judgement {
  const spoken: Post[] = [];
  const silent: Post[] = [];
  for (const post of posts) (hasText(post) ? spoken : silent).push(post);
  const texts = spoken.map((post) => post.text);
  const hashes = texts.map(sha256);
  const { results, hits } = cache.categories(scorer, texts, hashes);
  const shadowResults = shadow?.(spoken, results);
  const suspects = spoken.filter((_, i) => reachesThreshold(results[i] as Scores, scorer));
  const labels = new Map(
    scorer.score(suspects.map((post) => post.text)).map((scored, i) => [suspects[i] as Post, scored.labels]),
  );
  const at = new Date().toISOString();
  const flags: Flag[] = [];
  const scored = spoken.map((post, i): JudgedPost => {
    const textSha256 = hashes[i] as string;
    const scores = results[i] as Scores;
    const ofPost = labels.get(post);
    const other = shadowResults?.[i];
    if (ofPost) flags.push(...flagsOf(post, { scores, labels: ofPost }, scorer, textSha256, at));
    return {
      post,
      textSha256,
      scores,
      ...(ofPost ? { labels: ofPost } : {}),
      ...(other ? { shadow: other } : {}),
    };
  });
  return { scored, silent, flags, remembered: hits };
}

const reachesThreshold = (scores: Scores, { thresholds }: Scorer): boolean =>
  CATEGORIES.some((category) => scores[category] >= thresholds[category].flag);

const hasText = (post: Post): boolean => /\S/.test(post.text);

export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Strongest first: a post is reported under its surest category. */
function flagsOf(
  post: Post,
  { scores, labels }: Scored,
  scorer: Scorer,
  textSha256: string,
  flaggedAt: string,
): Flag[] {
  return CATEGORIES.toSorted((a, b) => scores[b] - scores[a]).flatMap((category) => {
    const thresholds = scorer.thresholds[category];
    if (scores[category] < thresholds.flag) return [];
    return [
      {
        schemaVersion: 1,
        flagId: `${post.id}#${category}`,
        post,
        category,
        score: scores[category],
        threshold: thresholds.flag,
        escalateThreshold: thresholds.escalate,
        scores,
        ...(labels ? { labels } : {}),
        model: { name: scorer.name, version: scorer.version },
        reasons: reasonsOf(post.text, category, scorer),
        textSha256,
        flaggedAt,
      },
    ];
  });
}

/** The tokens that spoke for the category. */
function reasonsOf(text: string, category: Flag['category'], scorer: Scorer): Reason[] {
  return scorer
    .explain(text, category, MAX_REASONS)
    .filter(({ token, weight }) => weight > 0 && token !== '')
    .map(({ token, weight }) => ({ kind: 'token', token: token.slice(0, MAX_REASON_LENGTH), weight }));
}
