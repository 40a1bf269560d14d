import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { flagCodec, type Flag } from '@siaga/contracts';
import { verifyEvidence } from '@siaga/storage';
import {
  aFlag,
  freePort,
  until,
  useKafka,
  useRestartablePostgres,
  useServices,
  type TestService,
} from '@siaga/testkit';
import { startFlakyPlatform, type FlakyPlatform } from './flaky-platform.fixture.js';
import { aPolicy } from './policy.fixture.js';
import { workerSettings } from './worker.fixture.js';

/** npm run accept -- notify 3 asks for more. */
const NOTICES = Number(process.env.SIAGA_CHAOS_NOTICES ?? 200);
const KILLS = Number(process.env.SIAGA_CHAOS_KILLS ?? 4);
const RESTARTS = Number(process.env.SIAGA_CHAOS_RESTARTS ?? 1);
const GENEROUS = { timeoutMs: 240_000 + 300 * NOTICES, pauseMs: 100 };
const WORKERS = 2;
const REJECTED = 10;
const COPIED = 3;

const kafka = useKafka();
const database = useRestartablePostgres();
const services = useServices();
const fleet: TestService[] = [];
let ports: number[];
let settings: Record<string, string>;
/** One can be asked what it has and rejects every tenth notice; the other trusts to the webhook-id. */
let asked: FlakyPlatform;
let trusting: FlakyPlatform;

/** Whichever worker is alive takes it. */
const answer = (noticeId: string, headers: Record<string, string>, body: string) =>
  until(
    'an answer is taken',
    async () => {
      for (const port of ports) {
        const url = `http://127.0.0.1:${port}/v1/notices/${noticeId}/answer`;
        const response = await fetch(url, { method: 'POST', headers, body }).catch(() => undefined);
        if (response?.ok) return true;
      }
      return false;
    },
    GENEROUS,
  ).then(() => undefined);

beforeAll(async () => {
  ports = await Promise.all(Array.from({ length: WORKERS }, () => freePort()));
  asked = await startFlakyPlatform({ canBeAsked: true, rejects: (seen) => seen % REJECTED === 0, answer });
  trusting = await startFlakyPlatform({ canBeAsked: false });
  const { platforms, ...policy } = aPolicy('http://demo.invalid');
  const way = ({ url }: FlakyPlatform, secret: string) => ({ kind: 'webhook', url, secret });
  const secrets = { asked: asked.secret, trusting: trusting.secret, answers: asked.answerSecret };
  settings = await workerSettings(
    { kafka, database },
    {
      ...policy,
      platforms: {
        asked: {
          ...platforms.demo,
          // It answers nothing but rejections.
          precision: { days: 30, budget: 1, atLeast: 1 },
          channel: { ...way(asked, 'asked'), inquiryUrl: `${asked.url}/{id}` },
          answerSecret: 'answers',
        },
        trusting: {
          ...platforms.demo,
          channel: way(trusting, 'trusting'),
          answerSecret: 'answers',
        },
      },
    },
    secrets,
  );
});
afterAll(() => Promise.all([asked.close(), trusting.close()]));

async function startWorker(seat: number): Promise<void> {
  fleet[seat] = await services.start(
    'notify',
    {
      ...settings,
      SIAGA_NOTIFY_PORT: String(ports[seat]),
      SIAGA_PUBLIC_URL: `http://127.0.0.1:${ports[seat]}`,
    },
    // A member that was killed leaves its groups only when its sessions have run out.
    GENEROUS,
  );
}

/** Words that no other text has: every flag is a campaign and a notice of its own. */
const textOf = (i: number) =>
  Array.from({ length: 12 }, (_, k) => {
    let word = '';
    for (let n = (i * 12 + k + 1) * 2_654_435_761; word.length < 8; n = Math.floor(n / 26) + 7 * i)
      word += String.fromCharCode(97 + (n % 26));
    return word;
  }).join(' ');
const flagOf = (i: number, more = '') =>
  aFlag({ post: { text: `${textOf(i)}${more}`, platform: i % 2 === 0 ? 'asked' : 'trusting' } });
const publish = (flags: readonly Flag[]) =>
  kafka.producer.send([
    {
      topic: kafka.topics.flags.name,
      messages: flags.map((flag) => ({ key: flag.post.id, value: flagCodec.encode(flag) })),
    },
  ]);

const taken = () => [...asked.taken, ...trusting.taken];
const keysOf = (revision: number) => taken().flatMap(([key]) => (key.endsWith(` ${revision}`) ? [key] : []));

/** Spread over the run: the database goes down now and then, else a worker is killed, and the platforms with it are away. */
const faults = Array.from({ length: KILLS + RESTARTS }, (_, i) => {
  const each = Math.ceil((KILLS + RESTARTS) / RESTARTS);
  return i % each === each >> 1 ? 'restart' : 'kill';
});

async function strike(i: number): Promise<void> {
  if (faults[i] === 'restart') return database.restart();
  const seat = i % WORKERS;
  await fleet[seat]!.kill();
  await Promise.all([startWorker(seat), (i % 4 < 2 ? asked : trusting).vanish(500)]);
}

describe('notices through platforms that fail, by workers that die, over a database that goes down', () => {
  it(
    'reach their platform, each revision once, and no more of them comes after a rejection',
    async () => {
      await Promise.all(Array.from({ length: WORKERS }, (_, seat) => startWorker(seat)));
      const all = Array.from({ length: NOTICES }, (_, i) => flagOf(i));
      const share = Math.ceil(NOTICES / faults.length);
      for (let i = 0; i < faults.length; i++) {
        await publish(all.slice(i * share, (i + 1) * share));
        const some = Math.min(NOTICES, (i + 0.5) * share);
        await until(`${some} notices have arrived`, () => keysOf(1).length >= some, GENEROUS);
        await strike(i);
      }
      await until('every notice has arrived', () => keysOf(1).length >= NOTICES, GENEROUS);
      // The last of them may be on its way while its worker is started again.
      const rejections = Math.floor(NOTICES / 2 / REJECTED);
      await until('every rejection is taken', () => asked.rejected.size >= rejections, GENEROUS);

      // Copies of some and of all that was rejected: of that, nothing may follow.
      const noticeOf = new Map(
        taken().map(([key, [take]]) => [(JSON.parse(take!.body) as { urls: string[] }).urls[0]!, key.split(' ')[0]!]),
      );
      const again = all.flatMap(({ post }, i) => {
        const noticeId = noticeOf.get(post.url!)!;
        return i % COPIED === 0 || asked.rejected.has(noticeId) ? [{ noticeId, copy: flagOf(i, ' lagi') }] : [];
      });
      const copies = again.map(({ copy }) => copy);
      const expected = again.flatMap(({ noticeId }) => (asked.rejected.has(noticeId) ? [] : [noticeId]));
      await publish(copies);
      await until('some copies have arrived', () => keysOf(2).length >= expected.length / 3, GENEROUS);
      await fleet[0]!.kill();
      await startWorker(0);
      await until('the revisions have arrived', () => keysOf(2).length >= expected.length, GENEROUS);
      const open = () =>
        database.db.query(
          `select 1 from deliveries d join notices n using (notice_id)
            where d.state <> 'delivered' and n.answer_state is distinct from 'rejected'`,
        );
      await until('every delivery is recorded', async () => (await open()).length === 0, GENEROUS);
      // One that fell over by itself would end with something else.
      for (const worker of fleet) expect(await worker.stop()).toBe(0);

      expect(keysOf(1)).toHaveLength(NOTICES);
      expect(new Set(keysOf(2).map((key) => key.split(' ')[0]))).toEqual(new Set(expected));
      expect(expected).toHaveLength(copies.length - asked.rejected.size);
      expect([...asked.taken].filter(([, takes]) => takes.length > 1)).toEqual([]);
      const different = [...trusting.taken].filter(
        ([, takes]) => new Set(takes.map(({ webhookId, body }) => `${webhookId} ${body}`)).size > 1,
      );
      expect(different).toEqual([]);
      expect([...asked.afterRejection, ...trusting.afterRejection]).toEqual([]);
      expect(asked.rejected.size).toBe(rejections);
      expect(await verifyEvidence(database.db)).toMatchObject({ whole: true });

      const repeats = [...trusting.taken.values()].reduce((sum, takes) => sum + takes.length - 1, 0);
      const attempts = asked.attempts + trusting.attempts;
      process.stderr.write(
        `chaos: ${taken().length} revisions of ${NOTICES} notices in ${attempts} attempts, ${faults.length + 1} faults, ` +
          `${asked.rejected.size} rejected; none twice by notice and revision, ${repeats} again under the same webhook-id\n`,
      );
    },
    600_000 + 1_000 * NOTICES,
  );
});
