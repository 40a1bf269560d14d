import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SourceBatch } from './source.js';
import { spoolSource } from './spool.js';

let folder: string;
let stop: AbortController;
let opened: AsyncGenerator<SourceBatch>[];
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'siaga-spool-'));
  stop = new AbortController();
  opened = [];
});
afterEach(async () => {
  stop.abort();
  for (const batches of opened) await batches.return(undefined);
});

const at = (...parts: string[]) => path.join(folder, ...parts);
const lines = (...texts: string[]) => texts.map((text) => `${JSON.stringify({ text })}\n`).join('');
function open(cursor: unknown = null): AsyncGenerator<SourceBatch> {
  const source = spoolSource({ name: 's', kind: 'spool', path: folder, settledSeconds: 0.2 });
  const batches = source.open(cursor, stop.signal) as AsyncGenerator<SourceBatch>;
  opened.push(batches);
  return batches;
}
const textsOf = ({ events }: SourceBatch) =>
  events.map(({ content }) => (content.kind === 'post' ? content.text : content.kind));

/** Reads until `number` events have come, and the batch after them, before which a file is moved. */
async function take(batches: AsyncGenerator<SourceBatch>, number: number) {
  const texts: string[] = [];
  let cursor: object = {};
  while (texts.length < number) {
    const batch = (await batches.next()).value as SourceBatch;
    texts.push(...textsOf(batch));
    cursor = batch.cursor;
  }
  return { texts, cursor };
}

describe('a spool folder', () => {
  it('has its files read in order of name, each once, and moved away', async () => {
    writeFileSync(at('b.ndjson'), lines('dua', 'tiga'));
    writeFileSync(at('a.jsonl'), `${lines('satu')}{"text":\n`);
    writeFileSync(at('catatan.txt'), 'bukan kiriman');
    writeFileSync(at('c.ndjson.part'), lines('belum'));
    const batches = open();
    expect(textsOf((await batches.next()).value as SourceBatch)).toEqual([]);
    expect((await take(batches, 4)).texts).toEqual(['satu', 'refusal', 'dua', 'tiga']);
    expect((await batches.next()).value).toEqual({ events: [], cursor: {} });
    expect(readdirSync(folder).sort()).toEqual(['c.ndjson.part', 'catatan.txt', 'done']);
    expect(readdirSync(at('done')).sort()).toEqual(['a.jsonl', 'b.ndjson']);
    // The same name again is another file, and what was kept stays.
    writeFileSync(at('b.ndjson'), lines('empat'));
    expect((await take(batches, 1)).texts).toEqual(['empat']);
    await batches.next();
    expect(readdirSync(at('done')).sort()).toEqual(['a.jsonl', 'b.2.ndjson', 'b.ndjson']);
  });

  it('reads a file that is still being written when it is whole', async () => {
    writeFileSync(at('a.ndjson'), lines('0'));
    const batches = open();
    await batches.next();
    let written = 1;
    const writer = setInterval(() => {
      appendFileSync(at('a.ndjson'), lines(String(written++)));
      if (written === 15) clearInterval(writer);
    }, 20);
    const batch = (await batches.next()).value as SourceBatch;
    expect(textsOf(batch)).toEqual(Array.from({ length: 15 }, (_, i) => String(i)));
  });

  it('goes on in the middle of a file, and moves it when all of it is known to be safe', async () => {
    const long = 'isi '.repeat(1_000);
    const texts = Array.from({ length: 200 }, (_, i) => `${i} ${long}`);
    writeFileSync(at('a.ndjson'), lines(...texts));
    const first = open();
    const { texts: before, cursor } = await take(first, 1);
    expect(before.length).toBeLessThan(200);
    await first.return(undefined);
    expect(existsSync(at('a.ndjson'))).toBe(true);
    const second = open(cursor);
    const { texts: after } = await take(second, 200 - before.length);
    expect([...before, ...after]).toEqual(texts);
    expect(existsSync(at('a.ndjson'))).toBe(true);
    await second.next();
    expect(existsSync(at('done', 'a.ndjson'))).toBe(true);
  });

  it('begins a file again that another has taken the place of', async () => {
    writeFileSync(at('a.ndjson'), lines('lama', 'lama'));
    const first = open();
    const { cursor } = await take(first, 2);
    await first.return(undefined);
    writeFileSync(at('a.ndjson'), lines('baru', 'lagi', 'dan lagi'));
    expect((await take(open(cursor), 3)).texts).toEqual(['baru', 'lagi', 'dan lagi']);
  });

  it('follows no link out of the folder, and says when there is none', async () => {
    mkdirSync(at('a.ndjson'));
    writeFileSync(at('rahasia'), lines('rahasia'));
    symlinkSync(at('rahasia'), at('b.ndjson'));
    writeFileSync(at('c.ndjson'), lines('boleh'));
    expect((await take(open(), 1)).texts).toEqual(['boleh']);
    folder = at('tidak-ada');
    await expect(open().next()).rejects.toThrow(/ENOENT.*tidak-ada/);
  });
});
