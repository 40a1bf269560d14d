import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { removePosts } from '@siaga/storage';
import { aFlag, LOGIN, startMailServer, useDatabase } from '@siaga/testkit';
import type { AddedSubscription, SubscriptionItem } from '../routes/subscriptions.js';
import { openCampaign, recordFlags, startFeed, type RunningFeed } from '../running-feed.fixture.js';
import { bearer } from '../visitors.fixture.js';
import { sender } from './subscriptions.fixture.js';

const HOSTILE = '<script>alert(1)</script> \u202egnp.exe "\r\nBcc: korban@lain.test\r\n\r\n=1+1 banjir';

const database = useDatabase();
let feed: RunningFeed;
let server: Awaited<ReturnType<typeof startMailServer>>;
let sending: ReturnType<typeof sender>;
let ana: Record<string, string>;
beforeAll(async () => {
  server = await startMailServer();
  sending = sender(database, server.port, LOGIN);
  feed = await startFeed(database, {
    subscriptions: { keys: sending.options.keys, recipientDomains: ['posko.test'], allowPrivateAddresses: true },
  });
  ana = await bearer(database.db, 'analyst', 'ana');
});
afterAll(async () => {
  await Promise.all([feed.stop(), sending.close(), server.close()]);
});
beforeEach(async () => {
  await database.db.query('truncate saved_queries cascade');
  server.mails.length = 0;
});

async function call<T>(method: string, url: string, body?: object): Promise<{ status: number; body: T }> {
  const answer = await fetch(feed.base + url, {
    method,
    headers: { ...ana, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}
async function subscribe(name = 'Banjir', recipient = 'meja@posko.test') {
  const saved = await call<{ queryId: string }>('POST', '/v1/queries', { name, query: { q: 'banjir' } });
  const way = { kind: 'digest', recipient, atHour: 6 };
  return call<AddedSubscription>('POST', `/v1/queries/${saved.body.queryId}/subscriptions`, way);
}
const now = async () => (await call<{ items: SubscriptionItem[] }>('GET', '/v1/subscriptions')).body.items[0]!;
const record = async (...flags: ReturnType<typeof aFlag>[]) =>
  recordFlags(database.db, await openCampaign(database.db), flags);
const flood = (text: string, score = 0.95) => aFlag({ score, post: { text } });

describe('a digest by mail', () => {
  it('lists what was found since the last, the highest score first, and comes at its hour of Jakarta', async () => {
    const { body } = await subscribe();
    expect(new Date(body.subscription.dueAt).getUTCHours()).toBe(23);
    await sending.sendOnce();
    const gone = flood('banjir yang sudah dihapus');
    await record(flood('banjir kecil', 0.92), flood('banjir besar', 0.99), gone, flood('gempa'));
    await database.db.transaction((tx) => removePosts(tx, [{ what: 'post', postId: gone.post.id }]));
    await sending.sendOnce();
    await sending.sendOnce();
    expect(server.mails.length).toBe(1);
    const { mail, recipients } = server.mails[0]!;
    expect(recipients).toEqual(['meja@posko.test']);
    expect(mail.subject).toBe('Siaga: 2 temuan baru – Banjir');
    expect(mail.text!.indexOf('banjir besar')).toBeLessThan(mail.text!.indexOf('banjir kecil'));
    for (const part of [mail.text, String(mail.html)]) expect(part).not.toMatch(/dihapus|gempa/);
    expect(await now()).toMatchObject({ sentFlags: 2, failures: 0 });
    expect(new Date((await now()).dueAt).getUTCHours()).toBe(23);
  });

  it('is harmless, whatever posts and names say', async () => {
    await subscribe(`Banjir "<img src=x onerror=alert(1)>"`);
    await record(aFlag({ post: { text: HOSTILE, url: 'https://contoh.test/"><script>alert(2)</script>' } }));
    await sending.sendOnce();
    const { mail, raw } = server.mails[0]!;
    expect(mail.to).toMatchObject({ text: 'meja@posko.test' });
    expect(mail.bcc).toBeUndefined();
    expect(raw.split('\r\n\r\n')[0]).not.toMatch(/korban/);
    const markup = String(mail.html);
    expect(markup).not.toMatch(/<script|<img|\u202e/);
    expect(markup).toContain('&lt;script&gt;alert(1)&lt;/script&gt; [U+202E]gnp.exe');
    // Only our own addresses can be followed.
    expect([...markup.matchAll(/href="([^"]*)"/g)].every(([, href]) => href!.startsWith('http://siaga.test/'))).toBe(
      true,
    );
    expect(mail.text).toContain('[U+202E]');
  });

  it('is sent again under the same id when nobody knows whether it arrived', async () => {
    await subscribe();
    await record(flood('banjir'));
    server.moods.push('cut', { at: 'message', code: 451 });
    await sending.sendOnce();
    await record(flood('banjir lagi'));
    await sending.sendOnce();
    expect(await now()).toMatchObject({ failures: 2 });
    await sending.sendOnce();
    await sending.sendOnce();
    const [cut, again, next] = server.mails.map(({ mail }) => mail.messageId);
    expect(again).toBe(cut);
    expect(next).not.toBe(cut);
    expect(server.mails[1]!.mail.text).not.toContain('banjir lagi');
  });

  it('ends by one click, which a scanner that follows the link does not make', async () => {
    await subscribe();
    await record(flood('banjir'));
    await sending.sendOnce();
    const { mail, raw } = server.mails[0]!;
    const list = mail.headers.get('list') as unknown as { unsubscribe: { url: string } };
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
    const url = list.unsubscribe.url.replace('http://siaga.test', feed.base);
    const page = await fetch(url);
    expect([page.status, (await now()).state]).toEqual([200, 'active']);
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    const forged = url.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const click = { method: 'POST', body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) };
    expect((await fetch(forged, click)).status).toBe(404);
    expect((await fetch(url, click)).status).toBe(200);
    expect((await now()).state).toBe('ended');
    await record(flood('banjir lagi'));
    expect(await sending.sendOnce()).toBe(false);
    expect((await call('PATCH', `/v1/subscriptions/${(await now()).subscriptionId}`, { active: true })).status).toBe(
      409,
    );
  });

  it('goes to mailboxes of the domains that the settings name, and to one at a time', async () => {
    expect((await subscribe('x', 'orang@lain.test')).status).toBe(403);
    expect((await subscribe('x', 'a@lain.test@posko.test')).status).toBe(400);
    expect((await subscribe('x', 'a@posko.test, b@lain.test')).status).toBe(400);
  });
});
