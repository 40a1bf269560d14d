import { createFeatureExtractor, type FeatureSpec } from '@siaga/text';
import type { Row } from './rows.js';

/** Features of all texts, compressed by row: row i has ids[start[2i] .. start[2i+1]) of words and up to start[2i+2] of characters. */
export interface Dataset {
  readonly rows: readonly Row[];
  readonly ids: Int32Array;
  readonly start: Int32Array;
}

export function buildDataset(rows: readonly Row[], spec: FeatureSpec): Dataset {
  const extractor = createFeatureExtractor(spec);
  const start = new Int32Array(2 * rows.length + 1);
  const parts: Int32Array[] = [];
  let size = 0;
  rows.forEach((row, i) => {
    const { ids, segments } = extractor.extract([row.normalised]);
    const words = segments.indexOf(1);
    start[2 * i + 1] = size + (words < 0 ? ids.length : words);
    parts.push(ids.slice());
    size += ids.length;
    start[2 * i + 2] = size;
  });
  const ids = new Int32Array(size);
  let at = 0;
  for (const part of parts) {
    ids.set(part, at);
    at += part.length;
  }
  return { rows, ids, start };
}

/** Reads the ids of one row after the other, each id once: two words may bring the same character n-gram. */
export function distinctIds(data: Dataset, buckets: number): (row: number) => Iterable<number> {
  const seen = new Int32Array(buckets).fill(-1);
  return function* (row) {
    for (let k = data.start[2 * row] ?? 0; k < (data.start[2 * row + 2] ?? 0); k++) {
      const id = data.ids[k] ?? 0;
      if (seen[id] === row) continue;
      seen[id] = row;
      yield id;
    }
  };
}

/**
 * Inverse document frequency per bucket over the rows that `use` marks: ln((1 + n) / (1 + df)) + 1, and 0 for a bucket of fewer than
 * `rare` rows, which drops its features.
 */
export function inverseDocumentFrequency(
  data: Dataset,
  buckets: number,
  use: (row: number) => boolean,
  rare: number,
): Float32Array {
  const frequency = new Float64Array(buckets);
  let n = 0;
  const distinct = distinctIds(data, buckets);
  data.rows.forEach((_, i) => {
    if (!use(i)) return;
    n++;
    for (const id of distinct(i)) frequency[id]!++;
  });
  return Float32Array.from(frequency, (df) => (df < rare ? 0 : Math.log((1 + n) / (1 + df)) + 1));
}

/** TF-IDF value of every id: its idf over the length of its row's group. Same layout as `ids`. */
export function tfidfValues(data: Dataset, idf: Float32Array): Float32Array {
  const values = new Float32Array(data.ids.length);
  for (let segment = 0; segment + 1 < data.start.length; segment++) {
    const [from, to] = [data.start[segment] ?? 0, data.start[segment + 1] ?? 0];
    let squared = 0;
    for (let k = from; k < to; k++) squared += (idf[data.ids[k] ?? 0] ?? 0) ** 2;
    const scale = squared === 0 ? 0 : 1 / Math.sqrt(squared);
    for (let k = from; k < to; k++) values[k] = (idf[data.ids[k] ?? 0] ?? 0) * scale;
  }
  return values;
}
