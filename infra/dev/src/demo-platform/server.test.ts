import { appendFileSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, test } from '@jest/globals';
import { moodIn, type Mood } from './mood.js';
import { createNoticeBook, type Notice } from './notice-book.js';
import { openNoticeFile } from './notice-file.js';
import { createPlatform } from './server.js';

const webhook = new Webhook(Buffer.alloc(32, 1).toString('base64'));
const newFile = () => path.join(mkdtempSync(path.join(os.tmpdir(), 'siaga-platform-')), 'notices.ndjson');

function platformOn(file: string) {
  const heard: Notice[] = [];
  const book = createNoticeBook(openNoticeFile(file));
  return { heard, book, server: createPlatform({ webhook, book, onNotice: (notice) => heard.push(notice) }) };
}

const notice = { notice_id: 'n1', category: 'hoax', answer_url: 'http://127.0.0.1:1/answers' };

function signed(id: string, body: string) {
  const at = new Date();
  return {
    ...{ method: 'POST' as const, url: '/notices', payload: body },
    headers: {
      'content-type': 'application/json',
      ...{ 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)) },
      'webhook-signature': webhook.sign(id, at, body),
    },
  };
}

test('takes a signed notice once, counts its repeats and tells who asks', async () => {
  const { heard, server } = platformOn(newFile());
  const request = signed('msg_1', JSON.stringify(notice));
  expect((await server.inject({ url: '/notices/msg_1' })).statusCode).toBe(404);
  expect((await server.inject(request)).json()).toEqual({ received: 'msg_1', repeat: false });
  expect((await server.inject(request)).json()).toEqual({ received: 'msg_1', repeat: true });
  expect((await server.inject({ url: '/notices/msg_1' })).statusCode).toBe(200);
  expect(heard).toHaveLength(1);
  expect((await server.inject({ url: '/ledger' })).json()).toEqual({
    ...{ received: 1, repeats: 1, answered: 0, byCategory: { hoax: 1 } },
  });
});

test('fails when it is unwell, before or after it has taken the notice', async () => {
  const heard: Notice[] = [];
  const book = createNoticeBook(openNoticeFile(newFile()));
  const moods: Mood[] = [{ every: 1, status: 502, taken: true }, { every: 1, status: 429 }, {}];
  const mood = () => moods.shift() ?? {};
  const server = createPlatform({ ...{ webhook, book, mood }, onNotice: (one) => heard.push(one) });
  const send = (id: string) =>
    server.inject(signed(id, JSON.stringify({ ...notice, revision: 2, urls: ['http://a'] })));
  expect((await send('msg_1')).statusCode).toBe(502);
  expect((await send('msg_2')).statusCode).toBe(429);
  expect([book.has('msg_1'), book.has('msg_2')]).toEqual([true, false]);
  expect((await send('msg_2')).json()).toEqual({ received: 'msg_2', repeat: false });
  expect(heard).toMatchObject([
    { webhookId: 'msg_1', revision: 2, urls: ['http://a'] },
    { webhookId: 'msg_2', at: expect.any(Number) },
  ]);
});

test('takes the mood from a file as it is, and a broken file for a good day', () => {
  const file = newFile();
  const mood = moodIn(file);
  expect(mood()).toEqual({});
  writeFileSync(file, '{"delayMs":5}');
  expect(mood()).toEqual({ delayMs: 5 });
  writeFileSync(file, '{"delayMs":"long"}');
  expect(mood()).toEqual({});
});

test('refuses what is not signed over these very bytes, and what is no notice', async () => {
  const { heard, server } = platformOn(newFile());
  const request = signed('msg_1', JSON.stringify(notice));
  expect((await server.inject({ ...request, payload: `${request.payload} ` })).statusCode).toBe(401);
  expect((await server.inject({ ...request, headers: {} })).statusCode).toBe(401);
  expect((await server.inject(signed('msg_2', '{"hello":1}'))).statusCode).toBe(400);
  expect(heard).toEqual([]);
});

test('remembers over a kill in the middle of a line what it received and what it still owes', async () => {
  const file = newFile();
  const before = platformOn(file);
  await before.server.inject(signed('msg_1', JSON.stringify(notice)));
  await before.server.inject(signed('msg_2', JSON.stringify({ ...notice, notice_id: 'n2' })));
  before.book.answered(before.heard[0]!);
  appendFileSync(file, '{"webhookId":"msg_3","ev');

  const { book } = platformOn(file);
  expect([book.has('msg_1'), book.has('msg_2'), book.has('msg_3')]).toEqual([true, true, false]);
  expect(book.open().map(({ webhookId }) => webhookId)).toEqual(['msg_2']);
  book.receive({ ...before.heard[0]!, webhookId: 'msg_4' });
  expect(platformOn(file).book.has('msg_4')).toBe(true);
});
