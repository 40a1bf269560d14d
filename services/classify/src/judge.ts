import { hash } from 'node:crypto';
import { CATEGORIES, type Category, type Flag, type MatchedClaim, type Post } from '@siaga/contracts';
import type { Scored, Scorer } from '@siaga/models';
import { isFactCheck, type Language } from '@siaga/text';
import { STANCE_ERROR } from './claims/hoax-of.js';
import type { KnownClaims } from './claims/known-claims.js';
import { scoreCache, type ReadText, type ScoreCache } from './score-cache.js';
import { detailsCache, type DetailsCache, type SuspectDetails } from './suspect-details.js';

type Scores = Scored['scores'];

export interface JudgedPost {
  readonly post: Post;
  /** Of the text as received. */
  readonly textSha256: string;
  readonly scores: Scores;
  readonly language: Language;
  /** Debunked claims that it puts forward. */
  readonly claims: readonly MatchedClaim[];
  /** Worked out for the few posts that reach a threshold. */
  readonly labels?: NonNullable<Scored['labels']>;
  /** What a model beside the active one says; it decides nothing. */
  readonly shadow?: Scores;
}

/**
 * Why a post has no scores: its author took it down, there is no visible text, or it is in a language that no model here
 * reads.
 */
export type DropReason = 'deleted' | 'empty-text' | 'other-language';

export interface DroppedPost {
  readonly post: Post;
  readonly textSha256: string;
  readonly reason: DropReason;
}

/** What a worker remembers between micro-batches. */
export interface Memory {
  readonly texts: ScoreCache;
  readonly details: DetailsCache;
}

export const emptyMemory = (): Memory => ({ texts: scoreCache(), details: detailsCache() });

/** What is asked beside the active model. */
interface Beside {
  /** Gives the scores of another model for the same posts, or undefined when it failed. */
  readonly shadow?: ((posts: readonly Post[], active: readonly Scores[]) => Scores[] | undefined) | undefined;
  readonly known?: KnownClaims | undefined;
}

export interface Judgement {
  readonly scored: readonly JudgedPost[];
  readonly dropped: readonly DroppedPost[];
  readonly flags: readonly Flag[];
  /** Posts that look like rumours and that no claim speaks about, flagged or not. */
  readonly rumours: readonly Post[];
  /** How many of the posts have a text that was scored lately. */
  readonly remembered: number;
}

/**
 * Scores posts as one batch: a pure function of the posts, the models and the known claims, but for the time on its flags.
 */
export function judge(
  posts: readonly Post[],
  scorer: Scorer,
  memory: Memory,
  { shadow, known }: Beside = {},
): Judgement {
  const dropped: DroppedPost[] = [];
  const texts = posts.map(({ text }) => text);
  const hashes = texts.map(sha256);
  const { results, hits } = memory.texts.read(scorer, texts, hashes, known);
  const read: JudgedPost[] = [];
  const rumours: Post[] = [];
  posts.forEach((post, i) => {
    const textSha256 = hashes[i] as string;
    const { language, scores, claims, isRumour } = results[i] as ReadText;
    if (post.deleted) dropped.push({ post, textSha256, reason: 'deleted' });
    else if (!hasText(post)) dropped.push({ post, textSha256, reason: 'empty-text' });
    else if (!READ_LANGUAGES.has(language)) dropped.push({ post, textSha256, reason: 'other-language' });
    else if (claims.length > 0 && isByChecker(post))
      read.push({ post, textSha256, scores: doubted(scores), language, claims: [] });
    else {
      read.push({ post, textSha256, scores, language, claims });
      if (isRumour && !isByChecker(post)) rumours.push(post);
    }
  });
  const other = shadow?.(
    read.map(({ post }) => post),
    read.map(({ scores }) => scores),
  );
  const suspects = read.filter(({ scores }) => reachesThreshold(scores, scorer));
  const details = new Map(
    memory.details
      .of(
        scorer,
        suspects.map(({ post }) => post.text),
      )
      .map((found, i) => [suspects[i] as JudgedPost, found]),
  );
  const at = new Date().toISOString();
  const flags: Flag[] = [];
  const scored = read.map((judged, i): JudgedPost => {
    const found = details.get(judged);
    const ofShadow = other?.[i];
    if (found) flags.push(...flagsOf(judged, found, scorer, at));
    if (!found && !ofShadow) return judged;
    return { ...judged, ...(found ? { labels: found.labels } : {}), ...(ofShadow ? { shadow: ofShadow } : {}) };
  });
  return { scored, dropped, flags, rumours, remembered: hits };
}

/** The model reads Indonesian, mixed as posts are; a text of unclear language is given to it as well. */
const READ_LANGUAGES: ReadonlySet<Language> = new Set(['id', 'unknown']);

const reachesThreshold = (scores: Scores, { thresholds }: Scorer): boolean =>
  CATEGORIES.some((category) => scores[category] >= thresholds[category].flag);

const NO_SITES: ReadonlySet<string> = new Set();
/** A fact-checker's own post says what the claim is, and does not make it. */
const isByChecker = ({ url }: Post): boolean => url !== undefined && isFactCheck(url, NO_SITES);
const doubted = (scores: Scores): Scores => ({ ...scores, hoax: scores.hoax * STANCE_ERROR });

const hasText = (post: Post): boolean => /\S/.test(post.text);

const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** Each version of a post has its own: one that its author has changed is another text. */
export const flagIdOf = ({ id, editedAt }: Post, category: Category | 'audit' | 'canary'): string =>
  `${id}#${category}${editedAt === undefined ? '' : `@${editedAt}`}`;

/** Strongest first: a post is reported under its surest category. */
function flagsOf(
  { post, scores, textSha256, claims }: JudgedPost,
  { labels, reasons }: SuspectDetails,
  scorer: Scorer,
  flaggedAt: string,
): Flag[] {
  return CATEGORIES.toSorted((a, b) => scores[b] - scores[a]).flatMap((category) => {
    const thresholds = scorer.thresholds[category];
    if (scores[category] < thresholds.flag) return [];
    return [
      {
        schemaVersion: 1,
        flagId: flagIdOf(post, category),
        post,
        category,
        score: scores[category],
        threshold: thresholds.flag,
        escalateThreshold: thresholds.escalate,
        scores,
        labels,
        model: { name: scorer.name, version: scorer.version },
        reasons: reasons(category),
        ...(category === 'hoax' && claims.length > 0 ? { claims: [...claims] } : {}),
        textSha256,
        flaggedAt,
      },
    ];
  });
}
