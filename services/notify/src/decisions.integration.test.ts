import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  forgetReviewer,
  lockFlagWriting,
  mergeCampaign,
  recordDecision,
  splitCampaign,
  unmergeCampaign,
  withdrawEscalation,
  type NewDecision,
} from '@siaga/storage';
import { aFlag, useDatabase } from '@siaga/testkit';
import { bandsOf, normalise, signatureOf } from '@siaga/text';
import { uuidv7 } from 'uuidv7';
import { actOnDecision } from './act-on-decisions.js';
import { log, startNotices, type Notices } from './notices.fixture.js';

const database = useDatabase();
let notices: Notices;
beforeEach(async () => {
  notices = await startNotices(database);
});
afterEach(() => notices.close());

const WATER = 'usir semua pendatang dari kampung kita sebelum mereka menguasai pasar dan ladang';
const FIRE = 'bakar saja rumah tetangga yang beda keyakinan itu malam ini juga kawan semua';
const copy = (text: string, edit: string) => aFlag({ post: { text: `${text} ${edit}` } });
const hoax = (edit: string) => aFlag({ category: 'hoax', post: { text: `${WATER} ${edit}` } });

const inOrder = <T>(work: (tx: Parameters<typeof lockFlagWriting>[0]) => Promise<T>): Promise<T> =>
  database.db.transaction(async (tx) => {
    await lockFlagWriting(tx);
    return work(tx);
  });
const decide = (action: NewDecision['action'], subject: NewDecision['subject'], fields: object = {}) => {
  const decisionId = randomUUID();
  const decision = { decisionId, subject, action, decidedBy: 'ani', decidedAt: new Date().toISOString(), ...fields };
  return inOrder((tx) => recordDecision(tx, decision)).then(() => decisionId);
};
const act = async () => {
  while (await actOnDecision({ db: database.db, policy: notices.policy, log }));
};
const campaignOf = async ({ flagId }: { flagId: string }) => {
  const [row] = await database.db.query<{ id: string }>('select campaign_id as id from flags where flag_id = $1', [
    flagId,
  ]);
  return row!.id;
};
const sent = () => notices.receiver.received.map(({ body }) => body.urls);
const count = async (table: string) =>
  (await database.db.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]!.n;

describe('a dismissed campaign', () => {
  it('sends nothing that waits and nothing for later copies, until an undo lets all of it go on', async () => {
    const [first, second] = [copy(WATER, 'satu'), copy(WATER, 'dua')];
    await notices.record([first]);
    const campaignId = await campaignOf(first);
    const decisionId = await decide('dismiss', { campaignId }, { reason: 'quote' });
    await notices.send([second]);
    expect(await campaignOf(second)).toBe(campaignId);
    expect(sent()).toEqual([]);

    await decide('undo', { campaignId }, { undoes: decisionId });
    await act();
    await notices.deliverAll();
    expect(sent()).toEqual([[first.post.url, second.post.url]]);
  });

  it('sends no revision of a notice that has gone out', async () => {
    await notices.send([copy(WATER, 'satu')]);
    const later = copy(WATER, 'dua');
    await notices.record([later]);
    await decide('dismiss', { campaignId: await campaignOf(later) }, { reason: 'satire' });
    await notices.again();
    expect(sent()).toHaveLength(1);
  });

  it('still sends what a person has confirmed by itself, without the rest', async () => {
    const [right, wrong] = [copy(WATER, 'satu'), copy(WATER, 'dua')];
    await notices.record([right, wrong]);
    await decide('confirm', { flagId: right.flagId });
    await decide('dismiss', { campaignId: await campaignOf(right) }, { reason: 'quote' });
    await notices.deliverAll();
    expect(sent()).toEqual([[right.post.url]]);
  });
});

describe('an escalation', () => {
  const undo = async (decisionId: string, subject: NewDecision['subject']) =>
    inOrder(async (tx) => {
      const events = await withdrawEscalation(tx, decisionId);
      if (!events) return false;
      await forgetReviewer(tx, decisionId);
      const decidedAt = new Date().toISOString();
      await recordDecision(tx, {
        ...{ decisionId: randomUUID(), subject, action: 'undo', undoes: decisionId, decidedBy: 'ani', decidedAt },
      });
      return events.map(({ event }) => event);
    });

  it('is taken back without a trace while nothing has left, and can be made again', async () => {
    const flag = hoax('satu');
    await notices.record([flag]);
    const subject = { flagId: flag.flagId };
    const decisionId = await decide('escalate', subject);
    await act();
    expect(await count('deliveries')).toBe(1);
    expect(await undo(decisionId, subject)).toEqual(['notice-withdrawn']);
    await notices.again();
    expect([await count('notices'), await count('deliveries'), sent()]).toEqual([0, 0, []]);

    await notices.send([hoax('dua')]);
    expect(sent()).toEqual([]);
    await decide('escalate', subject);
    await act();
    await notices.again();
    expect(sent()).toEqual([[flag.post.url]]);
  });

  it('is not taken back once it has left', async () => {
    const flag = hoax('satu');
    await notices.record([flag]);
    const decisionId = await decide('escalate', { flagId: flag.flagId });
    await act();
    await notices.again();
    expect(await undo(decisionId, { flagId: flag.flagId })).toBe(false);
    expect(sent()).toEqual([[flag.post.url]]);
  });

  it('is taken back out of a notice that goes on for others', async () => {
    const own = copy(WATER, 'satu');
    await notices.send([own]);
    const weak = { ...copy(WATER, 'dua'), score: 0.7 };
    await notices.record([weak]);
    const decisionId = await decide('escalate', { flagId: weak.flagId });
    await act();
    expect(await undo(decisionId, { flagId: weak.flagId })).toEqual(['notice-withdrawn']);
    await notices.again();
    expect(sent()).toEqual([[own.post.url]]);
  });

  it('undone before notify has seen it does nothing', async () => {
    const flag = hoax('satu');
    await notices.record([flag]);
    const subject = { flagId: flag.flagId };
    await decide('undo', subject, { undoes: await decide('escalate', subject) });
    await act();
    expect(await count('notices')).toBe(0);
  });
});

describe('campaigns', () => {
  it('that are merged take later copies of both, and each notice keeps its posts', async () => {
    const [water, fire] = [copy(WATER, 'satu'), copy(FIRE, 'satu')];
    await notices.send([water, fire]);
    const [a, b] = [await campaignOf(water), await campaignOf(fire)];
    await inOrder((tx) => mergeCampaign(tx, a, b));
    const later = [copy(WATER, 'dua'), copy(FIRE, 'dua')] as const;
    await notices.record(later);
    await notices.again();
    expect(await Promise.all([water, fire, ...later].map(campaignOf))).toEqual([b, b, b, b]);
    // Both later copies are in the revision of the campaign that lives on; what was sent before is not sent again.
    expect(sent()).toEqual([[water.post.url], [fire.post.url], [fire.post.url, ...later.map(({ post }) => post.url)]]);

    await inOrder((tx) => unmergeCampaign(tx, a));
    expect(await Promise.all([water, fire, ...later].map(campaignOf))).toEqual([a, b, a, b]);
    const last = copy(WATER, 'tiga');
    await notices.record([last]);
    expect(await campaignOf(last)).toBe(a);
    await notices.again();
    expect(sent().at(-1)).toEqual([water.post.url, last.post.url]);
  });

  it('merged one after the other come apart again, each with its own', async () => {
    const texts = [WATER, FIRE, 'mereka semua binatang dan pantas diusir dari negeri ini selama lamanya'];
    const flags = texts.map((text) => copy(text, 'satu'));
    await notices.record(flags);
    const [a, b, c] = (await Promise.all(flags.map(campaignOf))) as [string, string, string];
    await inOrder((tx) => mergeCampaign(tx, a, b));
    await inOrder((tx) => mergeCampaign(tx, b, c));
    expect(await Promise.all(flags.map(campaignOf))).toEqual([c, c, c]);
    await inOrder((tx) => unmergeCampaign(tx, b));
    expect(await Promise.all(flags.map(campaignOf))).toEqual([b, b, c]);
    await inOrder((tx) => unmergeCampaign(tx, a));
    expect(await Promise.all(flags.map(campaignOf))).toEqual([a, b, c]);
  });

  it('that are split let later copies go to the text that they are nearer to', async () => {
    const [stays, leaves] = [copy(WATER, 'satu'), copy(WATER, 'begitu kata ketua kampung dalam rapat warga tadi')];
    await notices.record([stays, leaves]);
    const from = await campaignOf(stays);
    expect(await campaignOf(leaves)).toBe(from);
    const signature = signatureOf(normalise(leaves.post.text));
    const opened = {
      campaignId: uuidv7(),
      category: 'hate' as const,
      signature: [...signature],
      bands: bandsOf(signature),
    };
    await inOrder((tx) => splitCampaign(tx, { from, opened, flagIds: [leaves.flagId] }));
    const later = [copy(WATER, 'dua'), aFlag({ post: { text: leaves.post.text } })];
    await notices.record(later);
    expect(await Promise.all([stays, leaves, ...later].map(campaignOf))).toEqual([
      ...[from, opened.campaignId, from, opened.campaignId],
    ]);
  });
});
