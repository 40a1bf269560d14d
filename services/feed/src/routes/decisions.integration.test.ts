import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { claimCodec, decisionCodec } from '@siaga/contracts';
import { evidenceOf, takeOutbox } from '@siaga/storage';
import { aFlag, until, useDatabase } from '@siaga/testkit';
import { someoneAt, type Someone } from '../decisions/decisions.fixture.js';
import type { FlagItem } from '../flag-item.js';
import { followStream } from '../live/follow-stream.fixture.js';
import type { DecisionEvent } from '../review.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';

const database = useDatabase();
let feed: RunningFeed;
let ani: Someone;
let budi: Someone;
beforeAll(async () => {
  feed = await startFeed(database);
  [ani, budi] = [await someoneAt(feed, database, 'analyst', 'ani'), await someoneAt(feed, database, 'analyst', 'budi')];
});
afterAll(() => feed.stop());

/** A campaign of as many flags. */
async function aCampaign(size: number) {
  const campaignId = await openCampaign(database.db);
  const flags = Array.from({ length: size }, () => aFlag());
  await recordFlags(database.db, campaignId, flags);
  return { campaignId, flags, flagIds: flags.map(({ flagId }) => flagId) };
}
const reviewsIn = async (campaignId: string) => {
  const { items } = await ani.get<{ items: FlagItem[] }>(`/v1/flags?campaign=${campaignId}&limit=200`);
  return Object.fromEntries(items.map(({ flagId, review }) => [flagId, review]));
};
const statesIn = async (campaignId: string) =>
  Object.values(await reviewsIn(campaignId))
    .map(({ state }) => state)
    .reverse();
const found = async (query: string) =>
  (await ani.get<{ items: FlagItem[] }>(`/v1/flags?${query}`)).items.map(({ flagId }) => flagId);

describe('a decision', () => {
  it('on a campaign holds for its flags and for those that join it later, and one on a flag goes before it', async () => {
    const { campaignId, flagIds } = await aCampaign(3);
    const [first] = flagIds as [string];
    await ani.decide({ flagId: first }, 'confirm');
    const { status, body } = await ani.decide({ campaignId }, 'dismiss', { reason: 'satire' });
    expect([status, body.review]).toMatchObject([
      200,
      { state: 'dismissed', by: 'ani', reason: 'satire', seq: body.seq },
    ]);
    expect(await statesIn(campaignId)).toEqual(['confirmed', 'dismissed', 'dismissed']);

    const later = aFlag();
    await recordFlags(database.db, campaignId, [later]);
    expect((await reviewsIn(campaignId))[later.flagId]).toEqual(body.review);
    expect(await found(`campaign=${campaignId}&state=confirmed`)).toEqual([first]);
    expect(await found(`campaign=${campaignId}&state=open`)).toEqual([]);
  });

  it('is taken back by an undo, after which what was decided before counts', async () => {
    const { campaignId, flagIds } = await aCampaign(2);
    const flagId = flagIds[0]!;
    await budi.decide({ campaignId }, 'confirm');
    const { body } = await ani.decide({ flagId }, 'dismiss', { reason: 'quote' });
    expect(await statesIn(campaignId)).toEqual(['dismissed', 'confirmed']);
    const undone = await budi.decide({ flagId }, 'undo', { undoes: body.decisionId });
    expect([undone.status, undone.body.review]).toMatchObject([200, { state: 'confirmed', by: 'budi' }]);
    expect(await statesIn(campaignId)).toEqual(['confirmed', 'confirmed']);
    expect((await ani.decide({ flagId }, 'undo', { undoes: body.decisionId })).status).toBe(409);
    expect((await ani.decide({ flagId }, 'undo', { undoes: undone.body.decisionId })).status).toBe(409);
    expect((await ani.decide({ campaignId }, 'undo', { undoes: body.decisionId })).status).toBe(404);
  });

  it('is refused to who has not seen the latest, and told that one', async () => {
    const { campaignId, flagIds } = await aCampaign(1);
    const flagId = flagIds[0]!;
    const first = await ani.decide({ flagId }, 'confirm', { seen: null });
    const late = await budi.decide({ flagId }, 'dismiss', { reason: 'opinion', seen: null });
    expect([late.status, late.body.current]).toEqual([409, first.body.review]);
    expect(late.body.current).toMatchObject({ state: 'confirmed', by: 'ani', seq: first.body.seq });
    expect((await budi.decide({ flagId }, 'dismiss', { reason: 'opinion', seen: first.body.seq })).status).toBe(200);

    // What governs a flag may be decided about its campaign.
    const other = await aCampaign(1);
    const whole = await ani.decide({ campaignId: other.campaignId }, 'confirm');
    const single = await budi.decide({ flagId: other.flagIds[0]! }, 'confirm', { seen: null });
    expect([single.status, single.body.current.seq]).toEqual([409, whole.body.seq]);
    expect(await statesIn(campaignId)).toEqual(['dismissed']);
  });

  it('is made once when two make it in the same moment', async () => {
    const { flagIds } = await aCampaign(1);
    const subject = { flagId: flagIds[0]! };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_none, i) => (i % 2 ? ani : budi).decide(subject, 'confirm', { seen: null })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 7 }, () => 409)]);
  });

  it('repeated under its id changes nothing, and its id is nobody else’s', async () => {
    const { flagIds } = await aCampaign(1);
    const subject = { flagId: flagIds[0]! };
    const once = await ani.decide(subject, 'confirm', { decisionId: 'd-once', seen: null });
    const again = await ani.decide(subject, 'confirm', { decisionId: 'd-once', seen: null });
    expect(again.body).toEqual({ ...once.body, recorded: false });
    expect((await budi.decide(subject, 'confirm', { decisionId: 'd-once' })).status).toBe(409);
    expect((await ani.decide(subject, 'escalate', { decisionId: 'd-once' })).status).toBe(409);
  });

  it('may be to assign or to comment, which changes no state', async () => {
    const { campaignId, flagIds } = await aCampaign(1);
    const flagId = flagIds[0]!;
    await ani.decide({ campaignId }, 'assign', { assignee: 'budi' });
    await ani.decide({ flagId }, 'comment', { reason: 'lihat utasnya' });
    const { body } = await ani.decide({ flagId }, 'comment', { reason: 'salah kirim' });
    expect(body.review).toMatchObject({ state: 'open', seq: null, assignee: 'budi', comments: 2 });
    const less = await ani.decide({ flagId }, 'undo', { undoes: body.decisionId });
    expect(less.body.review).toMatchObject({ comments: 1 });
    const own = await ani.decide({ flagId }, 'assign', { assignee: 'ani' });
    expect(own.body.review.assignee).toBe('ani');
    const back = await ani.decide({ flagId }, 'undo', { undoes: own.body.decisionId });
    expect(back.body.review.assignee).toBe('budi');
  });

  it('of many is made each on its own', async () => {
    const { flagIds } = await aCampaign(3);
    const of = (flagId: string, fields: object) => ({ subject: { flagId }, action: 'confirm', seen: null, ...fields });
    const [a, b, c] = flagIds as [string, string, string];
    await budi.decide({ flagId: b }, 'dismiss', { reason: 'opinion' });
    const { status, body } = await ani.bulk([
      ...[of(a, { decisionId: 'many-1' }), of(b, {}), of('demo:nobody#hate', {}), of(c, { action: 'dismiss' })],
      of(c, { action: 'split', flags: [a] }),
    ]);
    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { status: 200, decisionId: 'many-1', review: { state: 'confirmed' } },
      { status: 409, current: { state: 'dismissed', by: 'budi' } },
      ...[{ status: 404 }, { status: 400, detail: expect.stringContaining('reason') }, { status: 400 }],
    ]);
    expect((await ani.bulk([])).status).toBe(400);
  });

  it('is published on siaga.decisions with what its subject is since', async () => {
    const { campaignId } = await aCampaign(1);
    await database.db.query('truncate outbox');
    const { body } = await ani.decide({ campaignId }, 'dismiss', { reason: 'quote' });
    await ani.decide({ campaignId }, 'undo', { undoes: body.decisionId });
    const events = await database.db.transaction(takeOutbox);
    expect(events.map(({ topic, key }) => [topic, key])).toEqual(Array(2).fill(['decisions', campaignId]));
    expect(events.map(({ value }) => decisionCodec.decode(value))).toMatchObject([
      { ok: true, value: { decisionId: body.decisionId, action: 'dismiss', reason: 'quote', state: 'dismissed' } },
      { ok: true, value: { action: 'undo', undoes: body.decisionId, state: 'open', decidedBy: 'ani' } },
    ]);
  });

  it('that something is a known hoax makes a claim, which its flags cite until it is taken back', async () => {
    const { campaignId, flagIds } = await aCampaign(1);
    await database.db.query('truncate outbox');
    const claim = {
      text: 'Air garam menyembuhkan segala penyakit',
      verdict: 'Salah',
      url: 'https://periksa.invalid/1',
    };
    const made = await ani.decide({ campaignId }, 'known-hoax', { claim });
    expect([made.status, made.body.review]).toMatchObject([200, { state: 'confirmed' }]);
    const cited = async () =>
      (await ani.get<{ items: FlagItem[] }>(`/v1/flags?campaign=${campaignId}`)).items[0]!.claims;
    expect(await cited()).toEqual([{ ...claim, claimId: made.body.claimId, publisher: 'Siaga' }]);
    const [published, decided] = await database.db.transaction(takeOutbox);
    expect(claimCodec.decode(published!.value)).toMatchObject({ ok: true, value: claim });
    expect(decisionCodec.decode(decided!.value)).toMatchObject({ ok: true, value: { claimId: made.body.claimId } });

    await ani.decide({ campaignId }, 'undo', { undoes: made.body.decisionId });
    expect(await cited()).toEqual([]);
    expect((await database.db.transaction(takeOutbox))[0]).toEqual({
      ...{ topic: 'claims', key: made.body.claimId, value: null },
    });
    const flagId = flagIds[0]!;
    const refused = [
      { claim: { ...claim, verdict: 'Benar' } },
      { claim: { text: 'tanpa alamat', verdict: 'Salah' } },
      {},
    ];
    for (const fields of refused) expect((await ani.decide({ flagId }, 'known-hoax', fields)).status).toBe(400);
  });

  it('comes on the stream as it is made, and to who was away', async () => {
    const { campaignId, flagIds } = await aCampaign(1);
    const stream = followStream<DecisionEvent>(`${feed.base}/v1/stream`);
    const { id } = await stream.ready();
    const { body } = await ani.decide({ campaignId }, 'confirm');
    const event = await until('the decision comes', () => stream.events.find(({ event }) => event === 'decision'));
    expect(event.data).toEqual({ campaignId, flagId: null, review: body.review, into: null });
    stream.close();
    await budi.decide({ flagId: flagIds[0]! }, 'dismiss', { reason: 'duplicate' });
    const later = followStream<DecisionEvent>(`${feed.base}/v1/stream`, { 'last-event-id': String(id) });
    await later.ready();
    const decided = later.events.filter(({ event }) => event === 'decision').map(({ data }) => data);
    expect(decided).toMatchObject([
      { campaignId, review: { state: 'confirmed' } },
      { flagId: flagIds[0], review: { state: 'dismissed', by: 'budi' } },
    ]);
    later.close();
  });

  it('is in the evidence, with the hash of its reason and not with its words', async () => {
    const { flagIds } = await aCampaign(1);
    const flagId = flagIds[0]!;
    const { body } = await ani.decide({ flagId }, 'dismiss', { reason: 'menurut saya ini satir' });
    const [row] = await evidenceOf(database.db, flagId);
    expect(JSON.parse(row!.body)).toMatchObject({
      ...{ decisionId: body.decisionId, action: 'dismiss', by: 'ani' },
      reasonSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(row!.body).not.toContain('satir');
  });
});
