import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { normalisedTokens } from '@siaga/text';
import { readRows, SOURCES, type Split } from '../rows.js';

/** A post and the fact-check that is about it. */
export interface Pair {
  readonly split: Split;
  readonly text: string;
  readonly tokens: readonly string[];
  /** Id of its claim in the bank. */
  readonly claimId: string;
  /** Near-duplicates share one. */
  readonly group: number;
  /** Share of the words of the claim that the post quotes. */
  readonly quoted: number;
}

export interface PairData {
  /** Claim id to text: every claim and title that differs in more than signs and capitals. */
  readonly bank: ReadonlyMap<string, string>;
  readonly pairs: readonly Pair[];
}

/** A post that quotes less of its title is told apart: words alone find the others. */
export const QUOTED = 0.6;

/**
 * The claims of `claims.ndjson.gz` and the posts that have the title of their fact-check as `meta.judul`.
 * @throws Error when a file is missing
 */
export function readPairs(dataDir: string): PairData {
  const lines = gunzipSync(readFileSync(join(dataDir, 'claims.ndjson.gz')))
    .toString('utf8')
    .trimEnd()
    .split('\n');
  const bank = new Map<string, string>();
  const put = (text: string): string => {
    const id = keyOf(text);
    if (!bank.has(id)) bank.set(id, text);
    return id;
  };
  for (const line of lines) put((JSON.parse(line) as { claim: string }).claim);
  const pairs = readRows(dataDir, SOURCES.hoaxOnly).flatMap(({ split, text, meta, group }): Pair[] => {
    const title = meta['judul'];
    if (typeof title !== 'string' || title.trim() === '') return [];
    const [asked, said] = [new Set(plainWords(title)), new Set(plainWords(text))];
    const quoted = [...asked].filter((word) => said.has(word)).length / Math.max(1, asked.size);
    return [{ split, text, tokens: normalisedTokens(text), claimId: put(title), group, quoted }];
  });
  return { bank, pairs };
}

/** Words as any search engine would split them, without our text stage: what the baseline reads. */
export const plainWords = (text: string): string[] => text.toLowerCase().match(/[a-z0-9]+/g) ?? [];

const keyOf = (text: string): string => (text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []).join(' ');
