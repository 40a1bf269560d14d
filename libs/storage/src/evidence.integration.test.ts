import { beforeEach, describe, expect, it } from '@jest/globals';
import { useDatabase } from '@siaga/testkit';
import { appendEvidence, evidenceHead, evidenceOf, verifyEvidence, type EvidenceEvent } from './evidence.js';

const database = useDatabase();

const anEvent = (subject: string): EvidenceEvent => ({
  event: 'flag-recorded',
  subject,
  body: { score: 0.97, é: 'ü' },
});
const append = (...subjects: string[]) => database.db.transaction((tx) => appendEvidence(tx, subjects.map(anEvent)));
/** As a person with the database's password can. */
const tamper = async (sql: string) => {
  await database.db.query('alter table evidence disable trigger append_only');
  await database.db.query(sql);
  await database.db.query('alter table evidence enable trigger append_only');
};

beforeEach(() => tamper('truncate evidence'));

describe('the log of evidence', () => {
  it('is whole when empty, after one batch and after many', async () => {
    expect(await verifyEvidence(database.db)).toMatchObject({ whole: true, head: { seq: 0 } });
    await append('a', 'b');
    await append('c');
    expect(await verifyEvidence(database.db)).toEqual({ whole: true, head: await evidenceHead(database.db) });
    expect((await evidenceOf(database.db, 'b')).map(({ seq }) => seq)).toEqual([2]);
  });

  it('has one order and no gap, however many append at once and however many of them fail', async () => {
    const failing = database.db.transaction(async (tx) => {
      await appendEvidence(tx, [anEvent('never')]);
      throw new Error('the transaction fails');
    });
    await Promise.all([
      expect(failing).rejects.toThrow('the transaction fails'),
      ...Array.from({ length: 20 }, (_, i) => append(`x${i}`, `y${i}`)),
    ]);
    expect(await verifyEvidence(database.db)).toMatchObject({ whole: true, head: { seq: 40 } });
    expect(await evidenceOf(database.db, 'never')).toEqual([]);
  });

  it('cannot be changed by accident', async () => {
    await append('a');
    for (const sql of ["update evidence set subject = 'b'", 'delete from evidence', 'truncate evidence'])
      await expect(database.db.query(sql)).rejects.toThrow('append-only');
  });

  it.each([
    ['one byte of what it says', `update evidence set body = replace(body, '0.97', '0.96') where seq = 3`, 3],
    ['its subject', `update evidence set subject = 'another' where seq = 3`, 3],
    ['its kind', `update evidence set event = 'notice-opened' where seq = 3`, 3],
    ['its time by a millisecond', `update evidence set recorded_at = recorded_at + interval '1 ms' where seq = 3`, 3],
    ['its hash', `update evidence set hash = translate(hash, '0123456789abcdef', '123456789abcdef0') where seq = 3`, 3],
    ['a row that is gone', 'delete from evidence where seq = 3', 3],
    ['the first row, gone', 'delete from evidence where seq = 1', 1],
    [
      'two rows that have changed places',
      'update evidence set seq = case seq when 2 then -3 else -2 end where seq in (2, 3);' +
        'update evidence set seq = -seq where seq < 0',
      2,
    ],
  ])('names the row when somebody has changed %s', async (_what, sql, row) => {
    await append('a', 'b', 'c', 'd', 'e');
    await tamper(sql);
    expect(await verifyEvidence(database.db)).toMatchObject({ whole: false, row });
  });

  it('needs a row kept elsewhere to tell that its end was cut off or all of it was written anew', async () => {
    await append('a', 'b', 'c');
    const kept = await evidenceHead(database.db);
    await append('d');
    expect(await verifyEvidence(database.db, kept)).toMatchObject({ whole: true });
    await tamper('delete from evidence where seq > 2');
    expect(await verifyEvidence(database.db)).toMatchObject({ whole: true });
    expect(await verifyEvidence(database.db, kept)).toMatchObject({ whole: false, row: 3 });
    await append('something else', 'more');
    expect(await verifyEvidence(database.db, kept)).toMatchObject({ whole: false, row: 3 });
  });
});
