import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insertFlag } from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { openCampaign, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { monthAt } from './month.js';
import { aPastNotice, SECRETS } from './report.fixture.js';
import type { Report } from './report-schema.js';

const database = useDatabase();
let feed: RunningFeed;

beforeAll(async () => {
  feed = await startFeed(database);
  const { db } = database;
  // In March of Jakarta, of which the first seven hours are February's in UTC.
  const openedAt = '2026-02-28T18:00:00Z';
  const minutes = [10, 20, 30, 40, 50];
  for (const delivered of minutes) {
    await aPastNotice(db, {
      ...{ platform: 'besar', openedAt, delivered, gone: delivered * 6, judged: 'confirm' },
      answers: [
        ['received', delivered + 1],
        ['actioned', delivered + 60],
      ],
    });
  }
  await aPastNotice(db, {
    ...{ platform: 'besar', category: 'hoax', openedAt, delivered: 60, gone: null, judged: 'dismiss' },
    answers: [
      ['disputed', 90],
      ['rejected', 120],
    ],
  });
  // Late: its deadline has passed, and nobody has answered.
  await aPastNotice(db, { platform: 'besar', category: 'bullying', openedAt, delivered: 5, due: 60 });
  // Late though acted on: that came after the deadline.
  await aPastNotice(db, {
    platform: 'bagusprawira.example',
    openedAt,
    delivered: 1,
    due: 30,
    answers: [['actioned', 31]],
  });
  await aPastNotice(db, { platform: 'kecil.example', openedAt });
  // In April of Jakarta, and in March of UTC.
  await aPastNotice(db, { platform: 'besar', openedAt: '2026-03-31T18:00:00Z' });
});
afterAll(() => feed.stop());

const get = async (path: string) => {
  const answer = await fetch(`${feed.base}${path}`);
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const march = async () => JSON.parse((await get('/v1/report?month=2026-03')).text) as Report;

describe('the report of a month', () => {
  it('counts its notices by platform, category and outcome, those of small platforms together', async () => {
    const { notices, complete, from, to } = await march();
    expect({ complete, from, to }).toEqual({
      ...{ complete: true, from: '2026-02-28T17:00:00.000Z', to: '2026-03-31T17:00:00.000Z' },
    });
    const cell = (counts: object) => ({
      ...{ actioned: 0, rejected: 0, disputed: 0, 'in-progress': 0, unanswered: 0, undelivered: 0 },
      ...counts,
    });
    const none = { made: 0, actioned: 0, rejected: 0 };
    expect(notices).toEqual({
      ...{ total: 9, late: 3 },
      cells: [
        { platform: 'besar', category: 'bullying', outcomes: cell({ unanswered: 1 }), appeals: none, late: 1 },
        { platform: 'besar', category: 'hate', outcomes: cell({ actioned: 5 }), appeals: none, late: 0 },
        {
          ...{ platform: 'besar', category: 'hoax', outcomes: cell({ rejected: 1 }), late: 0 },
          appeals: { made: 1, actioned: 0, rejected: 1 },
        },
        { platform: null, category: 'hate', outcomes: cell({ actioned: 1, undelivered: 1 }), appeals: none, late: 2 },
      ],
    });
  });

  it('tells times from the opening, from the delivery, and none of a few', async () => {
    const { times } = await march();
    const minutes = ({ count, median, p90 }: { count: number; median: number | null; p90: number | null }) => [
      count,
      median === null ? null : Math.round(median / 6) / 10,
      p90 === null ? null : Math.round(p90 / 6) / 10,
    ];
    // Delivered after 5, 10, 20, 30, 40, 50 and 60 minutes, and elsewhere after 1.
    const [large, others] = times.platforms;
    expect([large?.platform, minutes(large?.delivery as never)]).toEqual(['besar', [7, 30, 54]]);
    expect([others?.platform, minutes(others?.delivery as never)]).toEqual([null, [1, null, null]]);
    expect(minutes(times.all.delivery)).toEqual([8, 25, 53]);
    // That a notice was received is no answer. After 60 minutes five times, and after 30 twice.
    expect(minutes(times.all.answer)).toEqual([7, 60, 60]);
    expect(minutes(times.all.removal)).toEqual([5, 180, 276]);
    expect(times.all.watched).toBe(6);
  });

  it('says how often platforms and people found it right, with the interval', async () => {
    const [large, others] = (await march()).precision;
    expect(large).toMatchObject({ platform: 'besar', platformJudged: 6, peopleJudged: 6 });
    expect(large?.platformFound?.estimate).toBeCloseTo(5 / 6);
    // Wilson's interval of 5 of 6, from tables.
    expect(large?.platformFound?.low).toBeCloseTo(0.4365, 3);
    expect(large?.peopleFound?.estimate).toBeCloseTo(5 / 6);
    expect(others).toMatchObject({ platform: null, platformJudged: 1, peopleJudged: 0, peopleFound: null });
  });

  it('names the models that raised alerts in it', async () => {
    const campaignId = await openCampaign(database.db);
    const flag = aFlag({ model: { name: 'siaga-text', version: '9' } });
    await insertFlag(database.db, flag, { campaignId, reported: false });
    const month = monthAt(new Date(), 'Asia/Jakarta');
    const { models, complete } = JSON.parse((await get(`/v1/report?month=${month}`)).text) as Report;
    expect(models).toContainEqual({ name: 'siaga-text', version: '9', alerts: { hoax: 0, hate: 1, bullying: 0 } });
    expect(complete).toBe(false);
  });

  it('names no person and no small server in any form, and shows what it should', async () => {
    const forms = ['', '.csv', '.html?language=id', '.html?language=en'].map((form) =>
      form.includes('?') ? `/v1/report${form}&month=2026-03` : `/v1/report${form}?month=2026-03`,
    );
    for (const form of forms) {
      const { status, text } = await get(form);
      expect(status).toBe(200);
      expect(text).toContain('besar');
      for (const secret of [...Object.values(SECRETS), 'bagusprawira', 'kecil.example', 'media.example', 'Nurlaila']) {
        expect(text).not.toContain(secret);
      }
    }
  });

  it('is a page of its own style alone', async () => {
    const { headers, text } = await get('/v1/report.html?month=2026-03&language=en');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[\w+/]{43}='; /);
    expect(text).toContain('<html lang="en">');
    expect(text).not.toMatch(/<script|<link|\son\w+=|javascript:|https?:|style=/);
    expect(text).toContain('KEYWORD_<wbr>MISINFORMATION_<wbr>DISINFORMATION');
    expect(text).toContain('>March 2026<');
    expect((await get('/v1/report.html?month=2026-03')).text).toContain('>Maret 2026<');
  });

  it('has one figure on each row of its CSV', async () => {
    const { text } = await get('/v1/report.csv?month=2026-03');
    const rows = text.trimEnd().split('\r\n');
    expect(rows[0]).toBe('"month","table","platform","category","measure","value"');
    expect(rows).toContain('"2026-03","notices","besar","hate","actioned",5');
    expect(rows).toContain('"2026-03","notices","OTHERS","hate","late",2');
    expect(rows).toContain('"2026-03","times","ALL","ALL","removal-median-seconds",10800');
    expect(rows).toContain('"2026-03","times","OTHERS","ALL","delivery-median-seconds",');
    expect(rows.every((row) => row.split(',').length === 6)).toBe(true);
  });

  it('of an empty month says so, and one to come is not there', async () => {
    const empty = JSON.parse((await get('/v1/report?month=2025-01')).text) as Report;
    expect(empty).toMatchObject({ notices: { total: 0, cells: [] }, times: { platforms: [] }, models: [] });
    const page = (await get('/v1/report.html?month=2025-01')).text;
    expect(page).toContain('Tidak ada laporan ke platform pada bulan ini.');
    expect(page).not.toContain('id="notices"');
    expect((await get('/v1/report?month=2093-01')).status).toBe(404);
    expect((await get('/v1/report?month=2026-13')).status).toBe(400);
    expect((await get('/v1/report?bulan=2026-03')).status).toBe(400);
  });

  it('shows the last month that is over, unless another is asked for', async () => {
    const { month } = JSON.parse((await get('/v1/report')).text) as Report;
    expect(month).toBe(monthAt(new Date(), 'Asia/Jakarta', -1));
  });

  it('is not printed where there is no Chromium, and says what to do', async () => {
    const { status, text } = await get('/v1/report.pdf?month=2026-03');
    expect(status).toBe(404);
    expect(text).toMatch(/apt-get install chromium.*report\.html/);
  });
});
