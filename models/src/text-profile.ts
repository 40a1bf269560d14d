import { CATEGORIES, type Category } from '@siaga/contracts';

/** What is watched for drift: the scores, and what does not depend on them. */
export const MEASURES = ['score_hoax', 'score_hate', 'score_bullying', 'length', 'unknown', 'language'] as const;
export type Measure = (typeof MEASURES)[number];

/** Texts counted in bins, per measure; see BOUNDS. */
export type TextProfile = Readonly<Record<Measure, number[]>>;

export const PROFILE_LANGUAGES = ['id', 'unknown', 'other'] as const;
export type ProfileLanguage = (typeof PROFILE_LANGUAGES)[number];

const TENTHS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** Where bins end, a value on a bound belonging to the bin above; the last bin is open. A language is a bin of its own. */
export const BOUNDS = {
  score: TENTHS,
  /** UTF-16 code units of the text as received. */
  length: [20, 40, 60, 80, 120, 160, 240, 400, 800],
  /** See Scorer.unknownShares; the first bin is none at all. */
  unknown: [Number.MIN_VALUE, 0.05, 0.1, 0.2],
} as const;

export interface ProfiledText {
  readonly scores: Readonly<Record<Category, number>>;
  readonly length: number;
  readonly unknown: number;
}

export const emptyProfile = (): TextProfile =>
  Object.fromEntries(MEASURES.map((measure) => [measure, Array<number>(binsOf(measure)).fill(0)])) as TextProfile;

export function addText(profile: TextProfile, { scores, length, unknown }: ProfiledText): void {
  for (const category of CATEGORIES) add(profile[`score_${category}`], binOf(scores[category], BOUNDS.score));
  add(profile.length, binOf(length, BOUNDS.length));
  add(profile.unknown, binOf(unknown, BOUNDS.unknown));
}

export function addLanguage(profile: TextProfile, language: ProfileLanguage, texts = 1): void {
  add(profile.language, PROFILE_LANGUAGES.indexOf(language), texts);
}

/** @returns whether it is a profile of these measures and bins: a manifest may be older, or anybody's */
export function isProfile(value: unknown): value is TextProfile {
  const given = (value ?? {}) as Record<string, unknown>;
  return MEASURES.every((measure) => {
    const bins = given[measure];
    return Array.isArray(bins) && bins.length === binsOf(measure) && bins.every((n) => Number.isFinite(n) && n >= 0);
  });
}

const binsOf = (measure: Measure): number =>
  measure === 'language'
    ? PROFILE_LANGUAGES.length
    : BOUNDS[measure in BOUNDS ? (measure as 'length') : 'score'].length + 1;

function binOf(value: number, bounds: readonly number[]): number {
  let bin = 0;
  while (bin < bounds.length && value >= (bounds[bin] as number)) bin++;
  return bin;
}

function add(bins: number[], bin: number, texts = 1): void {
  bins[bin] = (bins[bin] ?? 0) + texts;
}
