import { fitLogistic, linearLogits, type SparseRows } from './logistic.js';
import { shuffle } from './random.js';

/** TF-IDF (words 1-2, characters 2-5 within word borders) and logistic regression with C = 4 on lower-cased text: the bar to pass. */
export interface Baseline {
  /** Probabilities. */
  predict(texts: readonly string[]): number[];
}

const WORD = /[\p{L}\p{N}_]{2,}/gu;
const C = 4;
/** Features of fewer documents are dropped, as in the published figures. */
const LEAST_DOCUMENTS = 2;

function wordGrams(text: string): string[] {
  const words = text.match(WORD) ?? [];
  return [...words, ...words.slice(1).map((word, i) => `${words[i] ?? ''} ${word}`)];
}

function characterGrams(text: string): string[] {
  const grams: string[] = [];
  for (const word of text.split(/\s+/u)) {
    if (word === '') continue;
    const padded = ` ${word} `;
    for (let n = 2; n <= 5; n++) {
      for (let i = 0; i + n <= padded.length || i === 0; i++) grams.push(padded.slice(i, i + n));
      if (padded.length <= n) break;
    }
  }
  return grams;
}

class Vectoriser {
  readonly #index = new Map<string, number>();
  readonly #idf: number[] = [];
  readonly #grams: (text: string) => string[];
  readonly #offset: number;

  constructor(texts: readonly string[], grams: (text: string) => string[], offset: number) {
    this.#grams = grams;
    this.#offset = offset;
    const documents = new Map<string, number>();
    for (const text of texts)
      for (const gram of new Set(grams(text))) documents.set(gram, (documents.get(gram) ?? 0) + 1);
    for (const [gram, count] of documents) {
      if (count < LEAST_DOCUMENTS) continue;
      this.#index.set(gram, this.#idf.length);
      this.#idf.push(Math.log((1 + texts.length) / (1 + count)) + 1);
    }
  }

  get size(): number {
    return this.#idf.length;
  }

  /** (1 + ln tf) idf, length 1. */
  *entries(text: string): Generator<[column: number, value: number]> {
    const counts = new Map<number, number>();
    for (const gram of this.#grams(text)) {
      const column = this.#index.get(gram);
      if (column !== undefined) counts.set(column, (counts.get(column) ?? 0) + 1);
    }
    let squared = 0;
    const weighted = [...counts].map(([column, count]): [number, number] => {
      const value = (1 + Math.log(count)) * (this.#idf[column] ?? 0);
      squared += value * value;
      return [column, value];
    });
    for (const [column, value] of weighted) yield [column + this.#offset, value / Math.sqrt(squared)];
  }
}

/** Trains on raw texts; `targets` are 0 or 1. Deterministic. */
export function trainBaseline(texts: readonly string[], targets: readonly number[]): Baseline {
  const lower = texts.map((text) => text.toLowerCase());
  const words = new Vectoriser(lower, wordGrams, 0);
  const characters = new Vectoriser(lower, characterGrams, words.size);
  const columns = words.size + characters.size;
  const vectorise = (inputs: readonly string[]): SparseRows => {
    const ids: number[] = [];
    const values: number[] = [];
    const start = [0];
    for (const text of inputs) {
      for (const vectoriser of [words, characters]) {
        for (const [column, value] of vectoriser.entries(text)) {
          ids.push(column);
          values.push(value);
        }
      }
      start.push(ids.length);
    }
    return { columns, ids: Int32Array.from(ids), values: Float32Array.from(values), start: Int32Array.from(start) };
  };
  const data = vectorise(lower);
  const model = fitLogistic(
    data,
    Int32Array.from(texts.keys()),
    Float32Array.from(targets),
    new Float32Array(texts.length).fill(1),
    { c: C },
  );
  return {
    predict: (inputs) =>
      [...linearLogits(vectorise(inputs.map((text) => text.toLowerCase())), model)].map((z) => 1 / (1 + Math.exp(-z))),
  };
}

/** Assigns groups to `folds` folds at random, seeded: rows of one group stay together. */
export function foldOfGroup(groups: Iterable<number>, folds: number, random: () => number): Map<number, number> {
  const unique = [...new Set(groups)];
  shuffle(unique, random);
  return new Map(unique.map((group, i) => [group, i % folds]));
}
