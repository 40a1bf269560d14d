import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MatchedClaim } from '@siaga/contracts';
import { evidenceOf } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { noticeSchema } from './notice-schema.js';
import { startNotices, type Notices } from './notices.fixture.js';
import { watchDeadlines } from './watch-deadlines.js';

const SCHEMA = new URL('../../../docs/notice.schema.json', import.meta.url);

const cited = {
  text: 'Besok semua ATM ditutup',
  verdict: 'Salah',
  url: 'http://cek.invalid/42',
  publisher: 'Cek Fakta Contoh',
};
const claim: MatchedClaim = { claimId: 'cek:42', ...cited };
const other = { ...claim, claimId: 'cek:43', text: 'Bank tutup\nsepekan '.repeat(200), url: 'http://cek.invalid/43' };

const database = useDatabase();
let notices: Notices;
let posts = 0;

beforeEach(async () => {
  notices = await startNotices(database);
  const policy = notices.policy();
  const { hoax } = policy.categories;
  notices.obey({ ...policy, categories: { ...policy.categories, hoax: { ...hoax, automatic: 'matched' } } });
});
afterEach(() => notices.close());

const aHoax = (claims?: MatchedClaim[], text = 'besok semua atm ditutup, segera tarik uang kalian') =>
  aFlag({ category: 'hoax', post: { id: `demo:${++posts}`, text }, ...(claims ? { claims } : {}) });
const received = () => notices.receiver.received.map(({ body }) => body);
const speak = (language: 'id' | 'en') => {
  const policy = notices.policy();
  notices.obey({ ...policy, platforms: { demo: { ...policy.platforms.demo!, language } } });
};
async function report(...flags: ReturnType<typeof aHoax>[]) {
  await notices.record(flags);
  await notices.deliverAll();
}

describe('a hoax that repeats a debunked claim', () => {
  it('is reported without a person, citing the fact-checker, and one that does not is held', async () => {
    await report(aHoax([claim]), aHoax(undefined, 'minum air garam bisa menyembuhkan semua penyakit kalian'));
    expect(received()).toMatchObject([{ category: 'hoax', claims: [cited], human_reviewed: false }]);
  });

  it.each([
    [
      'id',
      'sudah diperiksa Cek Fakta Contoh: “Besok semua ATM ditutup”. Hasil pemeriksaan: Salah (http://cek.invalid/42)',
    ],
    ['en', 'Cek Fakta Contoh has checked: “Besok semua ATM ditutup”. Their verdict: Salah (http://cek.invalid/42)'],
  ] as const)('says so in the platform’s language: %s', async (language, words) => {
    speak(language);
    await report(aHoax([claim]));
    expect(received()[0]?.explanation).toContain(words);
  });

  it('cites each claim once, and shortens in the explanation only', async () => {
    await report(aHoax([claim, other]), aHoax([other]));
    const [notice] = received() as { claims: object[]; explanation: string }[];
    expect(notice?.claims.map((one) => (one as MatchedClaim).text)).toEqual([claim.text, other.text]);
    expect(notice?.explanation.split('“')).toHaveLength(3);
    expect(notice?.explanation.length).toBeLessThan(800);
    expect(notice?.explanation).not.toContain('\n');
  });

  it('is reported once its fact-check is there, with all copies that were flagged before it', async () => {
    const copies = [aHoax(), aHoax(), aHoax()];
    await report(...copies);
    expect(received()).toEqual([]);
    const debunked = copies.map((flag) => ({ ...flag, claims: [claim], score: 0.99 }));
    const outcomes = await notices.record(debunked);
    await notices.deliverAll();
    expect(outcomes.map(({ repeated, debunked: was }) => [repeated, was])).toEqual(copies.map(() => [true, true]));
    expect(received()).toMatchObject([{ category: 'hoax', claims: [cited], human_reviewed: false }]);
    expect((received()[0] as { items: unknown[] }).items).toHaveLength(copies.length);
    const again = await notices.record(debunked);
    await notices.deliverAll();
    expect(again.map(({ debunked: was }) => was)).toEqual(copies.map(() => false));
    expect(received()).toHaveLength(1);
    const log = await evidenceOf(database.db, copies[0]!.flagId);
    expect(log.map(({ event }) => event)).toEqual(['flag-recorded', 'flag-debunked']);
    expect(JSON.parse(log[1]!.body)).toMatchObject({ claims: ['cek:42'], score: 0.99, reported: true });
  });

  it('adds a second fact-check to the first, and no post that is gone', async () => {
    const [kept, gone] = [aHoax([claim]), aHoax()];
    await report(kept, gone);
    await database.db.query(`update flags set removed_at = now(), text = '' where flag_id = $1`, [gone.flagId]);
    const outcomes = await notices.record([kept, gone].map((flag) => ({ ...flag, claims: [other] })));
    expect(outcomes.map(({ debunked }) => debunked)).toEqual([true, false]);
    const rows = await database.db.query<{ claims: MatchedClaim[] | null; debunked: boolean }>(
      'select claims, debunked_at is not null as debunked from flags order by seq',
    );
    expect(rows.map(({ claims, debunked }) => [claims?.map(({ claimId }) => claimId) ?? null, debunked])).toEqual([
      [['cek:43', 'cek:42'], true],
      [null, false],
    ]);
  });

  it('notes in the log which claims were matched, and not their words', async () => {
    const flag = aHoax([claim]);
    await report(flag);
    const [row] = await evidenceOf(database.db, flag.flagId);
    expect(JSON.parse(row!.body)).toMatchObject({ claims: ['cek:42'] });
    expect(row!.body).not.toContain('ATM');
  });

  it('is called no more than suspected where nothing was debunked', async () => {
    const policy = notices.policy();
    const { hoax } = policy.categories;
    notices.obey({ ...policy, categories: { ...policy.categories, hoax: { ...hoax, automatic: true } } });
    await report(aHoax());
    expect(received()).toMatchObject([{ claims: [], explanation: expect.stringContaining('dugaan hoaks') }]);
  });
});

describe('docs/notice.schema.json', () => {
  const published = readFileSync(SCHEMA, 'utf8');
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  formats.default(ajv);
  const isNotice = ajv.compile(JSON.parse(published) as object);

  it('is what npm run notices -- schema prints', () => expect(published).toBe(`${noticeSchema()}\n`));

  it('fits every notice that a platform receives, and messages about it', async () => {
    await report(aHoax([claim]), aFlag({ post: { url: 'http://demo.invalid/ü?q=a+b' } }));
    await report(aHoax([claim, other]));
    const { db, metrics } = notices.options;
    const hours = (n: number) => new Date(Date.now() + n * 3_600_000);
    for (const now of [hours(13), hours(20), hours(25)])
      await watchDeadlines({ db, policy: notices.policy, metrics }, now);
    await notices.deliverAll();
    const kinds = new Set(received().map(({ message, revision }) => message ?? `revision ${String(revision)}`));
    expect(kinds).toEqual(new Set(['revision 1', 'revision 2', 'reminder', 'overdue']));
    for (const notice of received()) {
      isNotice(notice);
      expect(isNotice.errors ?? []).toEqual([]);
    }
  });

  it.each([
    ['no reasons', { explanation: undefined }],
    ['no address', { urls: [] }],
    ['a script for an address', { urls: ['javascript:alert(1)'] }],
    ['a deadline that is no time', { due_at: 'besok' }],
    ['a claim without its source', { claims: [{ text: 'a', verdict: 'b', publisher: 'c' }] }],
  ])('refuses a notice with %s', async (_what, fault) => {
    await report(aHoax([claim]));
    expect(isNotice({ ...received()[0], ...fault })).toBe(false);
  });
});
