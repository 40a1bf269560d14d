import { readFileSync } from 'node:fs';
import { randomFrom } from '../random.js';

interface DemoPost {
  readonly text: string;
  readonly kind: string;
}

/** One post of a load: what is pushed or written down of it, and how it ends. */
export interface LoadPost {
  readonly number: number;
  /** A line of NDJSON without its line feed, or bytes for the topic. */
  readonly bytes: Buffer;
  /** `topic` goes past ingest, as a broken or newer producer would. */
  readonly way: 'file' | 'push' | 'topic';
  readonly hostile: boolean;
}

export interface LoadMix {
  /** Of all posts: those that a platform should hear of. */
  readonly harmfulShare: number;
  /** Of all posts: those that nobody can read. */
  readonly hostileShare: number;
}

const HARMFUL = /^(hate|bullying|hoax-copy)$/;
const WORDS = { from: 6, to: 24 };
const EXTRA_WORDS = 2;
const TOO_LONG = 60_000;

/**
 * Posts of a load, always new: texts of the demo's words, some of them its harmful ones with other words behind, and hostile ones.
 *
 * @param run part of every id, which ends with the post's number
 * @returns the same posts for the same seed
 */
export function loadPosts(
  { demoFile, run, seed }: { readonly demoFile: string; readonly run: string; readonly seed: number },
  { harmfulShare, hostileShare }: LoadMix,
): (number: number) => LoadPost {
  const demo = readFileSync(demoFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as DemoPost);
  const harmful = demo.filter(({ kind }) => HARMFUL.test(kind));
  const words = demo.filter(({ kind }) => kind === 'neutral').flatMap(({ text }) => text.split(/\s+/));
  const random = randomFrom(seed);
  const some = (count: number) => Array.from({ length: count }, () => words[random.below(words.length)]).join(' ');
  return (number) => {
    const id = `${run}-${number}`;
    const dice = random.next();
    if (dice < hostileShare) return hostile(number, id, random.below(HOSTILE.length));
    const isHarmful = dice < hostileShare + harmfulShare;
    const base = harmful[random.below(harmful.length)] as DemoPost;
    const text = isHarmful
      ? `${base.text} ${some(EXTRA_WORDS)}`
      : some(WORDS.from + random.below(WORDS.to - WORDS.from));
    const post = { id, text, url: `http://demo.invalid/${id}`, author: `warga_${random.below(5_000)}`, lang: 'id' };
    return {
      ...{ number, hostile: false, way: random.next() < 0.5 ? 'file' : 'push' },
      bytes: Buffer.from(JSON.stringify(post)),
    };
  };
}

const wellFormed = (id: string, more: object): Buffer => {
  const at = '2026-01-01T00:00:00.000Z';
  const post = {
    schemaVersion: 1,
    id: `demo:${id}`,
    platform: 'demo',
    text: 'selamat pagi',
    createdAt: at,
    seenAt: at,
  };
  return Buffer.from(JSON.stringify({ ...post, source: 'load', visibility: 'public', ...more }));
};

/** Each by its way in; all that a line says of its id comes first, for a person and a ledger to find it. */
const HOSTILE: readonly (readonly ['file' | 'topic', (id: string) => Buffer])[] = [
  ['file', (id) => Buffer.from(`{"id":"${id}","text":`)],
  ['file', (id) => Buffer.from(`{"id":"${id}","text":5}`)],
  ['file', (id) => Buffer.from(`{"id":"${id}","text":"a","visibility":"private"}`)],
  ['file', (id) => Buffer.from(`{"id":"${id}","x":${'['.repeat(5_000)}`)],
  ['topic', (id) => Buffer.from(`{"id":"${id}`)],
  ['topic', (id) => wellFormed(id, { schemaVersion: 99 })],
  ['topic', (id) => wellFormed(id, { text: 'halo\u0000dunia' })],
  ['topic', (id) => wellFormed(id, { text: 'a'.repeat(TOO_LONG) })],
];

function hostile(number: number, id: string, which: number): LoadPost {
  const [way, bytesOf] = HOSTILE[which] as (typeof HOSTILE)[number];
  return { number, way, hostile: true, bytes: bytesOf(id) };
}
