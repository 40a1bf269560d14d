import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec } from '@siaga/contracts';
import { listSources, pauseSource, rewindSource } from '@siaga/storage';
import { until, useDatabase, useKafka, useServices, type TestService } from '@siaga/testkit';

const SOURCES = 12;
/** The promise is 15 s from the death of a worker on an idle machine; tests share theirs with much else. */
const GENEROUS = { timeoutMs: 50_000 };

const kafka = useKafka();
const database = useDatabase();
const services = useServices();
const names = Array.from({ length: SOURCES }, (_, i) => `s${String(i).padStart(2, '0')}`);
const started: TestService[] = [];
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-fleet-'));
  await writeFile(path.join(folder, 'secrets.json'), '{"author-key":"kunci uji"}');
  await writeRegistry(names);
  for (const name of names) await writeFile(fileOf(name), '{"text":"awal"}\n');
});

const fileOf = (name: string) => path.join(folder, `${name}.ndjson`);
const writeRegistry = (wanted: readonly string[]) =>
  writeFile(
    path.join(folder, 'sources.json'),
    JSON.stringify({ sources: wanted.map((name) => ({ name, kind: 'file', path: fileOf(name), follow: true })) }),
  );

async function startWorker(worker: string): Promise<TestService> {
  const service = await services.start('ingest', {
    SIAGA_KAFKA_BROKERS: kafka.brokers,
    SIAGA_TOPIC_PREFIX: kafka.prefix,
    SIAGA_DATABASE_URL: database.url,
    SIAGA_SOURCES_FILE: path.join(folder, 'sources.json'),
    SIAGA_SECRETS_FILE: path.join(folder, 'secrets.json'),
    SIAGA_WORKER_ID: worker,
  });
  started.push(service);
  return service;
}

/** Sources per worker whose lease runs. */
async function holdings(): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { holder } of await listSources(database.db)) if (holder) counts[holder] = (counts[holder] ?? 0) + 1;
  return counts;
}
const spreadOver = (wanted: Record<string, number>) => async () =>
  JSON.stringify(Object.entries(await holdings()).sort()) === JSON.stringify(Object.entries(wanted).sort());

const textsOf = (source: string): string[] =>
  kafka.messages(kafka.topics.posts.name).flatMap(({ value }) => {
    const decoded = postCodec.decode(value);
    return decoded.ok && decoded.value.source === source ? [decoded.value.text] : [];
  });
async function allBring(text: string): Promise<void> {
  for (const name of names) await appendFile(fileOf(name), `${JSON.stringify({ text })}\n`);
  await until(`every source brings "${text}"`, () => names.every((name) => textsOf(name).includes(text)), GENEROUS);
}

/** Which leases were taken, known by source and fence, and by whom, from all workers' logs. */
function leasesInLogs() {
  const leases = new Map<string, { readonly source: string; readonly takenBy: number[] }>();
  for (const worker of started) {
    for (const [, source = '', fence] of logOf(worker).matchAll(
      /"source":"(\w+)","fence":(\d+),"msg":"source taken"/g,
    )) {
      const key = `${source}/${fence}`;
      leases.set(key, { source, takenBy: [...(leases.get(key)?.takenBy ?? []), worker.pid] });
    }
  }
  return [...leases.values()];
}

/** Whole again: lines are kept in the pieces in which they came. */
const logOf = ({ logs }: TestService): string => logs.join('');

describe('three workers and twelve sources', () => {
  let a: TestService;
  let b: TestService;
  let c: TestService;

  it('share them, and each source is read', async () => {
    [a, b, c] = await Promise.all([startWorker('a'), startWorker('b'), startWorker('c')]);
    await until('four each', spreadOver({ a: 4, b: 4, c: 4 }), GENEROUS);
    await allBring('bertiga');
  });

  it("a killed worker's sources go on elsewhere", async () => {
    const killedAt = Date.now();
    await b.kill();
    await until('six each', spreadOver({ a: 6, c: 6 }), GENEROUS);
    process.stderr.write(`fleet: sources moved after ${((Date.now() - killedAt) / 1000).toFixed(1)} s\n`);
    await allBring('tanpa b');
  });

  it('a stalled worker loses its sources, and when it wakes it moves no cursor and reads none of them', async () => {
    process.kill(c.pid, 'SIGSTOP');
    await until('all with a', spreadOver({ a: 12 }), GENEROUS);
    await allBring('c tidur');
    process.kill(c.pid, 'SIGCONT');
    await until('c has noticed', () => logOf(c).includes('source lost'), GENEROUS);
    await until('six each again', spreadOver({ a: 6, c: 6 }), GENEROUS);
    await allBring('c bangun');
    // Had c moved a cursor back when it woke, its source's next reader would have begun there: at the first line.
    for (const name of names) {
      const texts = textsOf(name);
      expect([...new Set(texts)]).toEqual(['awal', 'bertiga', 'tanpa b', 'c tidur', 'c bangun']);
      // On a busy machine a lease can also run out between Kafka's word and the cursor: at least once means that what was
      // in hand comes again, one line here, each time that the lease has changed hands, and nothing more than that.
      const changes = leasesInLogs().filter(({ source }) => source === name).length - 1;
      expect(texts.length - new Set(texts).size).toBeLessThanOrEqual(changes);
    }
  });

  it('a person can pause, resume and rewind a source under way', async () => {
    await pauseSource(database.db, 's00', true);
    await appendFile(fileOf('s00'), '{"text":"saat jeda"}\n');
    const others = names.filter((name) => name !== 's00');
    await until(
      'nobody has it, the others are read',
      async () => {
        const rows = await listSources(database.db);
        return rows.filter(({ holder }) => holder).length === others.length;
      },
      GENEROUS,
    );
    expect(textsOf('s00')).not.toContain('saat jeda');
    await pauseSource(database.db, 's00', false);
    await until('it goes on', () => textsOf('s00').includes('saat jeda'), GENEROUS);
    await rewindSource(database.db, 's00', null);
    await until('it begins again', () => textsOf('s00').filter((text) => text === 'saat jeda').length === 2, GENEROUS);
  });

  it('takes a changed registry on SIGHUP, and goes on with the old one when the new is faulty', async () => {
    await writeFile(path.join(folder, 'sources.json'), 'sources: [{name: x}]');
    for (const { pid } of [a, c]) process.kill(pid, 'SIGHUP');
    await until('the fault is named', () => logOf(c).includes('sources.json:1: sources[0].kind must be one of'));
    await writeRegistry([...names, 's12']);
    names.push('s12');
    await writeFile(fileOf('s12'), '{"text":"baru"}\n');
    for (const { pid } of [a, c]) process.kill(pid, 'SIGHUP');
    await until('the new source is read', () => textsOf('s12').includes('baru'), GENEROUS);
  });

  it('a worker that is stopped hands its sources over at once, and no lease was ever held twice', async () => {
    expect(await c.stop()).toBe(0);
    expect((await holdings()).c).toBeUndefined();
    await until('all with a', spreadOver({ a: 13 }), GENEROUS);
    const leases = leasesInLogs();
    expect(leases.length).toBeGreaterThan(SOURCES);
    expect(leases.filter(({ takenBy }) => takenBy.length > 1)).toEqual([]);
  });
});
