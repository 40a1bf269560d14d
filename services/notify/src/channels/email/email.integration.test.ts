import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { outboundConnector } from '@siaga/runtime';
import { aFlag, LOGIN, startMailServer, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import type { Static } from 'typebox';
import { linkMaker } from '../../answer-links.js';
import { answersApp } from '../../answers.js';
import { notifyMetrics } from '../../metrics.js';
import { log, startNotices, type Notices } from '../../notices.fixture.js';
import { aPolicy } from '../../policy.fixture.js';
import { emailChannel, type EmailEntry, type MailContext } from './email.js';

const database = useDatabase();
const PRIVATE_KEY = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  ...{ type: 'pkcs8', format: 'pem' },
}) as string;
const SECRETS: Record<string, string> = { pengguna: LOGIN.user, sandi: LOGIN.password, kunci: PRIVATE_KEY };
const HOSTILE = 'https://demo.invalid/p/1?"><script>alert(1)</script>';
let notices: Notices;
let server: Awaited<ReturnType<typeof startMailServer>>;

beforeEach(async () => {
  notices = await startNotices(database);
  server = await startMailServer();
  by({});
});
afterEach(async () => {
  await server.close();
  await notices.close();
});

/** Mail leaves by this entry from now on. */
function by(fields: Partial<Static<typeof EmailEntry>>, allowPrivateAddresses = true): void {
  const context: MailContext = {
    connect: outboundConnector({ allowPrivateAddresses, timeoutMs: 5_000 }),
    answerLink: linkMaker(database.db, 'https://siaga.invalid'),
    secrets: { get: (name) => SECRETS[name] ?? '' },
    log,
    client: undefined as never,
  };
  const channel = emailChannel(
    {
      ...{ kind: 'email', host: '127.0.0.1', port: server.port, secure: false, requireTls: false },
      ...{ from: 'laporan@siaga.invalid', to: ['aduan@demo.invalid'], login: { user: 'pengguna', password: 'sandi' } },
      ...fields,
    },
    context,
  );
  notices.options = { ...notices.options, channelOf: () => channel };
}
const send = async (text = 'usir semua pendatang dari kampung kita') => {
  await notices.record([aFlag({ post: { text, url: HOSTILE } })]);
  await notices.deliverAll();
};
const delivery = async () => {
  const [row] = await database.db.query<{ id: string; state: string; error: string | null; notice: string }>(
    'select delivery_id as id, state, last_error as error, notice_id as notice from deliveries',
  );
  return row!;
};
const received = () => {
  expect(server.mails).toHaveLength(1);
  return server.mails[0]!;
};

describe('mail to a platform', () => {
  it('arrives in text and HTML, from who it is from', async () => {
    by({ to: ['aduan@demo.invalid', 'hukum@demo.invalid'] });
    await send();
    const { id, state, notice } = await delivery();
    expect(state).toBe('delivered');
    const { mail, recipients, raw } = received();
    expect(recipients).toEqual(['aduan@demo.invalid', 'hukum@demo.invalid']);
    expect(mail.from?.value).toEqual([{ name: 'Posko Siaga', address: 'laporan@siaga.invalid' }]);
    expect(mail.replyTo?.value).toEqual([{ name: 'Posko Siaga', address: 'posko@siaga.invalid' }]);
    expect(mail.messageId).toBe(`<${id}@siaga.invalid>`);
    expect(mail.references).toBe(`<${notice}@siaga.invalid>`);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.subject).toContain(notice);
    expect(mail.text).toContain(HOSTILE);
    expect(mail.html).toContain('&quot;&gt;&lt;script&gt;');
    expect(mail.html).not.toContain('<script');
    expect(raw).not.toMatch(/DKIM-Signature/i);
  });

  it('carries a link that answers once, and is kept nowhere else', async () => {
    await send();
    const { mail } = received();
    const [link] = /https:\/\/siaga\.invalid\/answer\/[\w-]{43}/.exec(mail.text ?? '') ?? [];
    expect(mail.html).toContain(`href="${link}?state=actioned"`);
    const [{ payload }] = (await database.db.query<{ payload: string }>('select payload from deliveries')) as [
      { payload: string },
    ];
    expect(payload).not.toContain('/answer/');
    const app = answersApp({ db: database.db, verifierOf: () => undefined, metrics: notifyMetrics(new Registry()) });
    const answer = (state: string) =>
      app.inject({
        ...{ method: 'POST', url: new URL(link!).pathname, payload: `state=${state}` },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    expect((await app.inject({ url: new URL(link!).pathname })).statusCode).toBe(200);
    expect((await answer('rejected')).statusCode).toBe(303);
    expect((await answer('actioned')).statusCode).toBe(409);
    expect(await database.db.query('select answer_state from notices')).toEqual([{ answer_state: 'rejected' }]);
    await app.close();
  });

  it('is signed where there is a key', async () => {
    by({ dkim: { domain: 'siaga.invalid', selector: 'uji', key: 'kunci' } });
    await send();
    const { raw } = received();
    expect(raw.replace(/\r\n\s+/g, ' ')).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256;.*\bd=siaga\.invalid;.*\bs=uji;/m);
    expect(() => by({ dkim: { domain: 'siaga.invalid', selector: 'uji', key: 'sandi' } })).toThrow(/RSA private key/);
  });

  it.each([
    [{ at: 'message', code: 451 }, 'scheduled', 'delivered'],
    [{ at: 'recipient', code: 450 }, 'scheduled', 'delivered'],
    [{ at: 'recipient', code: 550 }, 'failed', 'failed'],
    [{ at: 'message', code: 554 }, 'failed', 'failed'],
    ['cut', 'uncertain', 'unsure'],
  ] as const)('that is met with %j is %s, and %s in the end', async (mood, first, last) => {
    server.moods.push(mood);
    await send();
    expect((await delivery()).state).toBe(first);
    await notices.again();
    await notices.again();
    expect((await delivery()).state).toBe(last);
    expect(server.mails).toHaveLength(last === 'failed' ? 0 : 1);
  });

  it('waits while nobody answers, and where the password is wrong is given up', async () => {
    const { port } = server;
    await server.close();
    await send();
    expect(await delivery()).toMatchObject({ state: 'scheduled', error: expect.stringContaining('ECONNREFUSED') });
    server = await startMailServer();
    expect(server.port).not.toBe(port);
    by({ login: { user: 'sandi', password: 'sandi' } });
    await notices.again();
    expect(await delivery()).toMatchObject({ state: 'failed', error: expect.stringContaining('535') });
  });

  it('tells nobody of its link when the server quotes it', async () => {
    server.moods.push({ at: 'message', code: 554, text: 'spam: https://siaga.invalid/answer/abc is listed' });
    await send();
    expect((await delivery()).error).toMatch(/554 .*spam: \(link\) is listed/);
  });

  it('leaves in the clear only where the policy says so, and to no certificate that nobody vouches for', async () => {
    by({ requireTls: true });
    await send();
    expect((await delivery()).state).toBe('scheduled');
    await server.close();
    server = await startMailServer({ startTls: true });
    for (const requireTls of [true, false]) {
      by({ requireTls });
      await notices.again();
      expect(await delivery()).toMatchObject({ state: 'scheduled', error: expect.stringMatching(/certificate/) });
    }
    expect(server.mails).toHaveLength(0);
  });

  it('goes to no private address', async () => {
    by({}, false);
    await send();
    expect(await delivery()).toMatchObject({ state: 'failed', error: expect.stringContaining('private address') });
    expect(server.mails).toHaveLength(0);
  });

  it('gets no header from what others wrote', async () => {
    const injected = '\r\nBcc: korban@lain.invalid\r\n\r\n<b>isi</b>';
    const { categories, ...policy } = aPolicy('');
    notices.obey({
      ...policy,
      notifier: { name: `Posko${injected}`, email: 'posko@siaga.invalid' },
      categories: { ...categories, hate: { ...categories.hate, legalBasis: [`pasal${injected}`] } },
    });
    await notices.record([aFlag({ post: { url: `https://demo.invalid/${injected}` } })]);
    await notices.deliverAll();
    const { mail, recipients, raw } = received();
    expect(recipients).toEqual(['aduan@demo.invalid']);
    expect(mail.bcc).toBeUndefined();
    expect(raw.slice(0, raw.indexOf('\r\n\r\n'))).not.toMatch(/^bcc:/im);
    expect(mail.html).not.toContain('<b>isi</b>');
  });
});
