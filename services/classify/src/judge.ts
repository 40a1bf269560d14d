import { hash } from 'node:crypto';
import { CATEGORIES, type Flag, type Post, type Reason, type Verdict } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import type { ScoreCache } from './score-cache.js';

type Scores = Scored['scores'];

/** Longest that a token shown as a reason may be; longer ones are cut for the eye, the score has seen all of it. */
const MAX_REASON_LENGTH = 100;
const MAX_REASONS = 8;

export interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly flags: readonly Flag[];
  /** How many of the posts have a text that was scored lately. */
  readonly remembered: number;
}

/**
 * Scores posts as one batch: a pure function of the posts and the models, but for the time on its results.
 * Sub-labels are worked out for the few posts that reach a threshold; the others' verdicts have none.
 * A post without any visible text has nothing to score and is dropped, with a verdict that says so.
 *
 * @param shadow scores the same posts once more; its verdicts are marked and decide nothing
 */
export function judge(
  posts: readonly Post[],
  scorer: Scorer,
  cache: ScoreCache,
  shadow?: {
    readonly scorer: Scorer;
    readonly score: (posts: readonly Post[], active: readonly Scores[]) => Scores[] | undefined;
  },
): Judgement {
  const spoken: Post[] = [];
  const silent: Post[] = [];
  for (const post of posts) (hasText(post) ? spoken : silent).push(post);
  const texts = spoken.map((post) => post.text);
  const hashes = texts.map(sha256);
  const { results, hits } = cache.categories(scorer, texts, hashes);
  const shadowResults = shadow?.score(spoken, results);
  const suspects = spoken.filter((_, i) => reachesThreshold(results[i] as Scores, scorer));
  const labels = new Map(
    scorer.score(suspects.map((post) => post.text)).map((scored, i) => [suspects[i] as Post, scored.labels]),
  );
  const verdicts: Verdict[] = [];
  const flags: Flag[] = [];
  const at = new Date().toISOString();
  spoken.forEach((post, i) => {
    const scored = { scores: results[i] as Scores, ...optional(labels.get(post)) };
    const textSha256 = hashes[i] as string;
    verdicts.push({ ...verdictOf(post, scorer, textSha256, at), outcome: 'scored', ...scored });
    const other = shadowResults?.[i];
    if (shadow && other) {
      verdicts.push({
        ...verdictOf(post, shadow.scorer, textSha256, at),
        outcome: 'scored',
        scores: other,
        shadow: true,
      });
    }
    flags.push(...flagsOf(post, scored, scorer, textSha256, at));
  });
  for (const post of silent) {
    verdicts.push({ ...verdictOf(post, scorer, sha256(post.text), at), outcome: 'dropped', reason: 'empty-text' });
  }
  return { verdicts, flags, remembered: hits };
}

const reachesThreshold = (scores: Scores, { thresholds }: Scorer): boolean =>
  CATEGORIES.some((category) => scores[category] >= thresholds[category].flag);

const optional = (labels: Scored['labels']) => (labels ? { labels } : {});

const hasText = (post: Post): boolean => /\S/.test(post.text);

const sha256 = (text: string): string => hash('sha256', text, 'hex');

function verdictOf(post: Post, scorer: Scorer, textSha256: string, scoredAt: string) {
  const { name, version, backend } = scorer;
  const model = { name, version };
  return { schemaVersion: 1, id: post.id, model, backend, textSha256, seenAt: post.seenAt, scoredAt } as const;
}

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
