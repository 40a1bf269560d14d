import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec } from '@siaga/contracts';
import { aPost, freePort, until, useDatabase, useKafka, useServices } from '@siaga/testkit';
import type { FlagItem } from './flag-item.js';
import type { Recall } from './routes/recall.js';
import type { Summary } from './routes/summary.js';
import { bearer } from './visitors.fixture.js';

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
let base: string;
let analyst: { authorization: string };
/** Three services start beside whatever else a machine does. */
const PATIENCE_MS = 180_000;
const patient = { timeoutMs: 60_000 };

const INSULT = aPost({ id: 'demo:insult', text: 'dasar goblok tolol, muka lu kayak babi, mati aja lu anjing' });
const CALM = Array.from({ length: 4 }, (_none, i) =>
  aPost({ id: `demo:calm-${i}`, text: `Resep rendang ibu nomor ${i} memang paling enak, besok masak lagi.` }),
);

beforeAll(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'siaga-audit-'));
  const file = (name: string) => path.join(folder, name);
  const [notifyPort, feedPort] = [await freePort(), await freePort()];
  const secret = `whsec_${Buffer.from('rahasia'.padEnd(32, '.')).toString('base64')}`;
  await writeFile(file('secrets.json'), JSON.stringify({ out: secret, in: secret }));
  // A policy that would report whatever it can; nobody listens at the platform's address.
  await writeFile(
    file('policy.yaml'),
    `
version: 1
notifier: { name: Posko Siaga, email: posko@siaga.invalid }
settleSeconds: 3600
urgencies: { normal: { hours: 24 } }
categories:
  hoax: { automatic: true, urgency: normal }
  hate: { automatic: true, urgency: normal }
  bullying: { automatic: true, urgency: normal }
platforms:
  demo:
    name: Demo
    accepts: [hoax, hate, bullying]
    answerSecret: in
    channel: { kind: webhook, secret: out, url: "http://127.0.0.1:1/notices" }
`,
  );
  const env = {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
  };
  await Promise.all([
    services.start('classify', { ...env, SIAGA_AUDIT_SHARE: '1' }),
    services.start('notify', {
      ...env,
      SIAGA_POLICY_FILE: file('policy.yaml'),
      SIAGA_SECRETS_FILE: file('secrets.json'),
      SIAGA_NOTIFY_PORT: String(notifyPort),
      SIAGA_PUBLIC_URL: `http://127.0.0.1:${notifyPort}`,
    }),
    services.start('feed', { ...env, SIAGA_FEED_PORT: String(feedPort), SIAGA_FEED_ANONYMOUS: 'viewer' }),
  ]);
  base = `http://127.0.0.1:${feedPort}`;
  analyst = await bearer(database.db, 'analyst', 'analis-1');
  await kafka.producer.send([
    {
      topic: kafka.topics.posts.name,
      messages: [INSULT, ...CALM].map((post) => ({ key: post.id, value: postCodec.encode(post) })),
    },
  ]);
}, PATIENCE_MS);

const get = async <T>(url: string): Promise<T> => (await (await fetch(base + url)).json()) as T;
const list = async (query = '') => (await get<{ items: FlagItem[] }>(`/v1/flags${query}`)).items;
const decide = (flagId: string, fields: object) =>
  fetch(`${base}/v1/decisions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...analyst },
    body: JSON.stringify({ subject: { flagId }, ...fields }),
  });

describe('the audit', () => {
  it(
    'brings posts below every threshold to people, apart from the alerts, and estimates recall from what they say',
    async () => {
      const audited = await until(
        'the posts below the thresholds',
        async () => {
          const items = await list('?audit=true');
          return items.length === CALM.length ? items : undefined;
        },
        patient,
      );
      const alerts = await until(
        'the alert',
        async () => {
          const items = await list();
          return items.length > 0 ? items : undefined;
        },
        patient,
      );

      expect(new Set(audited.map(({ post }) => post.id))).toEqual(new Set(CALM.map(({ id }) => id)));
      for (const { score, threshold, ...item } of audited) {
        expect(score).toBeLessThan(threshold);
        expect(item).toMatchObject({ audit: { share: 1, found: null }, campaignId: null, notice: null, reasons: [] });
      }
      expect(new Set(alerts.map(({ post }) => post.id))).toEqual(new Set([INSULT.id]));
      expect(alerts.every(({ audit }) => audit === null)).toBe(true);
      const summary = await get<Summary>('/v1/summary');
      expect(summary.audits).toEqual({ picked: CALM.length, judged: 0 });
      expect(summary.flags.total).toBe(alerts.length);

      const before = await get<Recall>('/v1/recall');
      expect(before).toMatchObject({ audited: CALM.length, judged: 0, confidence: 0.95 });
      expect(before.categories.bullying).toMatchObject({ missed: null, recall: null });

      // One of the four turns out to be bullying, one is looked at twice, and the alert is right.
      const [missed, calm, ...others] = audited as [FlagItem, FlagItem, ...FlagItem[]];
      const alert = alerts.find(({ category }) => category === 'bullying') as FlagItem;
      const answers = [
        await decide(missed.flagId, { action: 'confirm', categories: ['bullying'] }),
        await decide(calm.flagId, { action: 'confirm', categories: ['hate'] }),
        await decide(calm.flagId, { action: 'dismiss', categories: [] }),
        ...(await Promise.all(others.map(({ flagId }) => decide(flagId, { action: 'dismiss', categories: [] })))),
        await decide(alert.flagId, { action: 'confirm', decisionId: 'once' }),
        await decide(alert.flagId, { action: 'confirm', decisionId: 'once' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
      expect(await answers.at(-1)?.json()).toMatchObject({
        ...{ decisionId: 'once', recorded: false },
        review: { state: 'confirmed', by: 'analis-1' },
      });

      const { categories, judged } = await get<Recall>('/v1/recall');
      expect(judged).toBe(CALM.length);
      expect(categories.bullying).toMatchObject({ found: 1, alerts: { flags: 1, judged: 1, confirmed: 1 } });
      expect(categories.bullying.missed?.estimate).toBeCloseTo(1);
      expect(categories.bullying.recall?.estimate).toBeCloseTo(0.5);
      expect(categories.bullying.recall?.low).toBeLessThan(0.5);
      expect(categories.bullying.recall?.high).toBeGreaterThan(0.5);
      expect(categories.hate).toMatchObject({ found: 0, missed: { estimate: 0 } });
      expect((await list('?audit=true')).find(({ flagId }) => flagId === missed.flagId)?.audit?.found).toEqual([
        'bullying',
      ]);

      const later = await get<Recall>(`/v1/recall?from=${new Date(Date.now() + 3_600_000).toISOString()}`);
      expect(later).toMatchObject({ audited: 0, judged: 0 });
    },
    PATIENCE_MS,
  );

  it('refuses decisions that say nothing', async () => {
    const [audited] = await list('?audit=true');
    const [alert] = await list();
    const cases: [flagId: string | undefined, fields: object, status: number][] = [
      [audited?.flagId, { action: 'dismiss' }, 400],
      [audited?.flagId, { action: 'dismiss', categories: ['hate'] }, 400],
      [audited?.flagId, { action: 'confirm', categories: [] }, 400],
      [audited?.flagId, { action: 'confirm', categories: ['spam'] }, 400],
      [alert?.flagId, { action: 'confirm', categories: ['hate'] }, 400],
      [alert?.flagId, { action: 'publish' }, 400],
      [alert?.flagId, { action: 'dismiss' }, 400],
      [alert?.flagId, { action: 'comment' }, 400],
      [alert?.flagId, { action: 'assign', assignee: 'nobody we know' }, 400],
      [alert?.flagId, { action: 'confirm', decidedBy: 'somebody else' }, 400],
      ['demo:nobody#hate', { action: 'confirm' }, 404],
    ];
    for (const [flagId, fields, status] of cases) {
      expect([fields, (await decide(String(flagId), fields)).status]).toEqual([fields, status]);
    }
    expect((await fetch(`${base}/v1/recall?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z`)).status).toBe(400);
  });
});
