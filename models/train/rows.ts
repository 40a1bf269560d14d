import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { normalise } from '@siaga/text';

export type Split = 'train' | 'validation' | 'test' | 'external' | 'probe';

/** One row of the data folder, with its normalised text. A label that its source does not annotate is absent. */
export interface Row {
  readonly id: string;
  readonly source: string;
  readonly split: Split;
  readonly normalised: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, number | undefined>>;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly group: number;
}

export const SOURCES = {
  hate: ['id_hsd_ibrohim2019'],
  insult: ['id_hate_ig_danaismail'],
  bullying: ['id_bully_ig_rizalespe', 'id_bully_ig_halizaica'],
  abusiveElsewhere: ['id_abusive_news_comments'],
  hoax: ['id_hoax_satria2020'],
  hoaxOnly: ['id_hoax_tbh_posts2023', 'id_hoax_tbh_posts2024'],
  neutral: [
    'id_neutral_smsa',
    'id_neutral_emot',
    'id_neutral_clickid_headlines',
    'id_neutral_vaksin2021',
    'id_neutral_pilpres2019',
  ],
  neutralElsewhere: ['id_neutral_pilpres2024', 'id_neutral_pilkada2017'],
} as const;

export const ALL_SOURCES: readonly string[] = Object.values(SOURCES).flat();

/**
 * Reads `<source>.ndjson.gz` files of the data folder.
 * @throws Error naming the file when one is missing or holds a line that is not a row.
 */
export function readRows(dataDir: string, sources: readonly string[] = ALL_SOURCES): Row[] {
  return sources.flatMap((source) => {
    const path = join(dataDir, `${source}.ndjson.gz`);
    const lines = gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
    return lines.map((line, i) => {
      try {
        const row = JSON.parse(line) as Omit<Row, 'source' | 'normalised'>;
        return { ...row, source, normalised: normalise(row.text) };
      } catch (cause) {
        throw new Error(`${path}, line ${i + 1} is not a row`, { cause });
      }
    });
  });
}

/**
 * The rows without training rows whose normalised text also stands in validation, test, external or probe: the published groups were
 * made on raw text, and normalising makes more texts equal. Also drops repeats within a split and source.
 */
export function withoutLeaks(rows: readonly Row[]): Row[] {
  const heldOut = new Set(rows.filter(({ split }) => split !== 'train').map(({ normalised }) => normalised));
  const seen = new Set<string>();
  return rows.filter(({ source, split, normalised }) => {
    const key = `${source}/${split}/${normalised}`;
    if (normalised === '' || (split === 'train' && heldOut.has(normalised))) return false;
    // Held-out splits stay as published, so that figures compare with the baseline's.
    if (split !== 'train') return true;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
