/**
 * The numbers of a model before and after storage. `weights` is row-major [buckets, heads]: the weight of a feature in the TF-IDF
 * space. `idf` [buckets]: the inverse document frequency of its bucket.
 */
export interface WeightTable {
  readonly buckets: number;
  readonly heads: number;
  readonly weights: Float32Array;
  readonly idf: Float32Array;
}

export interface PackedTable {
  /** idf as uint8 [buckets], then weights as int8 [buckets, heads]. */
  readonly bytes: Uint8Array;
  readonly scale: number[];
  readonly idfScale: number;
}

const IDF_LEVELS = 255;
const WEIGHT_LEVELS = 127;

/** The idf values that storage can hold: training uses these, so that nothing is lost later. */
export function quantiseIdf(idf: Float32Array): { values: Float32Array; scale: number } {
  const scale = idf.reduce((max, x) => Math.max(max, x), 0) / IDF_LEVELS || 1;
  return { values: idf.map((x) => Math.round(x / scale) * scale), scale };
}

/**
 * Symmetric int8 per head. A head's step is set by its weight of the given quantile (default: all but one in 20,000), larger ones are
 * cut: a few huge weights would else cost every other one its precision.
 */
export function packTable(table: WeightTable, quantile = 1 - 1 / 20_000): PackedTable {
  const { buckets, heads, weights } = table;
  const { values, scale: idfScale } = quantiseIdf(table.idf);
  const bytes = new Uint8Array(buckets * (1 + heads));
  for (let i = 0; i < buckets; i++) bytes[i] = Math.round((values[i] ?? 0) / idfScale);
  const packed = new Int8Array(bytes.buffer, buckets);
  const scale: number[] = [];
  for (let h = 0; h < heads; h++) {
    const column = new Float32Array(buckets);
    for (let i = 0; i < buckets; i++) column[i] = Math.abs(weights[i * heads + h] ?? 0);
    column.sort();
    const step = (column[Math.min(buckets - 1, Math.floor(buckets * quantile))] ?? 0) / WEIGHT_LEVELS || 1;
    scale.push(step);
    for (let i = 0; i < buckets; i++) {
      const level = Math.round((weights[i * heads + h] ?? 0) / step);
      packed[i * heads + h] = Math.max(-WEIGHT_LEVELS, Math.min(WEIGHT_LEVELS, level));
    }
  }
  return { bytes, scale, idfScale };
}

/** Throws RangeError when `bytes` is not of the stated size. */
export function unpackTable(
  bytes: Uint8Array,
  buckets: number,
  scale: readonly number[],
  idfScale: number,
): WeightTable {
  const heads = scale.length;
  if (bytes.length !== buckets * (1 + heads)) {
    throw new RangeError(`expected ${buckets * (1 + heads)} bytes of weights, found ${bytes.length}`);
  }
  const idf = new Float32Array(buckets);
  for (let i = 0; i < buckets; i++) idf[i] = (bytes[i] ?? 0) * idfScale;
  const packed = new Int8Array(bytes.buffer, bytes.byteOffset + buckets, buckets * heads);
  const weights = new Float32Array(buckets * heads);
  for (let i = 0; i < packed.length; i++) weights[i] = (packed[i] ?? 0) * (scale[i % heads] ?? 0);
  return { buckets, heads, weights, idf };
}
