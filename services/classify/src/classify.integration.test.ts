import { describe, expect, it } from '@jest/globals';
import { flagCodec, postCodec, verdictCodec, type Post } from '@siaga/contracts';
import { readDeadLetter } from '@siaga/stream';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';

const kafka = useKafka();
const services = useServices();

const startClassify = () =>
  services.start('classify', { SIAGA_KAFKA_BROKERS: kafka.brokers, SIAGA_TOPIC_PREFIX: kafka.prefix });

const sendRaw = (entries: readonly (readonly [key: string, value: Buffer])[]) =>
  kafka.producer.send([{ topic: kafka.topics.posts.name, messages: entries.map(([key, value]) => ({ key, value })) }]);
const sendPosts = (posts: readonly Post[]) => sendRaw(posts.map((post) => [post.id, postCodec.encode(post)] as const));

function verdictsById() {
  const verdicts = kafka.messages(kafka.topics.verdicts.name).map(({ value }) => {
    const decoded = verdictCodec.decode(value);
    if (!decoded.ok) throw new Error(decoded.detail);
    return decoded.value;
  });
  return new Map(verdicts.map((verdict) => [verdict.id, verdict]));
}

function haveVerdicts(posts: readonly Post[]): boolean {
  const verdicts = verdictsById();
  return posts.every(({ id }) => verdicts.has(id));
}

describe('the classify service', () => {
  it('scores, flags with reasons, drops what has no text, and gives poison to the dead letters', async () => {
    const service = await startClassify();
    const calm = aPost({ text: 'Resep rendang ibu memang paling enak, besok masak lagi.' });
    const insult = aPost({ text: 'dasar goblok tolol, muka lu kayak babi, mati aja lu anjing' });
    const silent = aPost({ text: ' \n\t ' });
    const foreign = aPost({ text: 'The minister said that there would be no more subsidies for them' });
    const deleted = aPost({ text: '', deleted: true });
    const edited = { ...insult, id: 'demo:edited', editedAt: '2026-11-02T00:00:00.000Z' };
    const future = { ...aPost(), schemaVersion: 2 };
    await sendPosts([calm, insult, silent, foreign, deleted, edited]);
    await sendRaw([
      ['not-json', Buffer.from('{"id":')],
      ['one-megabyte', Buffer.from(JSON.stringify(aPost({ text: 'a'.repeat(1_000_000) })))],
      ['null-byte', Buffer.from(JSON.stringify(aPost({ text: 'a\0b' })))],
      ['future', Buffer.from(JSON.stringify(future))],
      ['binary', Buffer.from([0xff, 0xfe, 0x00])],
    ]);
    const after = aPost({ text: 'Cuaca cerah di Bandung pagi ini.' });
    await sendPosts([after]);

    await until('every post has its verdict', () =>
      haveVerdicts([calm, insult, silent, foreign, deleted, edited, after]),
    );
    const verdicts = verdictsById();
    expect(verdicts.get(calm.id)).toMatchObject({ outcome: 'scored', seenAt: calm.seenAt });
    expect(verdicts.get(silent.id)).toMatchObject({ outcome: 'dropped', reason: 'empty-text' });
    expect(verdicts.get(foreign.id)).toMatchObject({ outcome: 'dropped', reason: 'other-language' });
    expect(verdicts.get(deleted.id)).toMatchObject({ outcome: 'dropped', reason: 'deleted' });
    const removals = await until('deletion and edit are passed on', () => {
      const read = kafka.messages(kafka.topics.removals.name);
      return read.length > 1 ? read : undefined;
    });
    expect(new Map(removals.map(({ key, value }) => [String(key), postCodec.decode(value)]))).toEqual(
      new Map([
        [deleted.id, { ok: true, value: deleted }],
        [edited.id, { ok: true, value: { ...edited, text: '' } }],
      ]),
    );

    const flags = kafka.messages(kafka.topics.flags.name).map(({ value }) => flagCodec.decode(value));
    const flagged = flags.flatMap((decoded) => (decoded.ok ? [decoded.value] : []));
    expect(flagged).toHaveLength(flags.length);
    expect(flagged.map((flag) => flag.post.id)).toContain(insult.id);
    expect(flagged.map((flag) => flag.post.id)).not.toContain(calm.id);
    const versions = flagged.flatMap(({ flagId, post }) => (post.id === edited.id ? [flagId] : []));
    expect(versions).toContain(`${edited.id}#bullying@${edited.editedAt}`);
    for (const flag of flagged) {
      expect(flag.score).toBeGreaterThanOrEqual(flag.threshold);
      expect(flag.reasons.length).toBeGreaterThan(0);
    }

    const letters = await until('dead letters', () => {
      const read = kafka.messages(kafka.topics.deadLetters.name);
      return read.length >= 5 ? read : undefined;
    });
    expect(Object.fromEntries(letters.map((letter) => [String(letter.key), readDeadLetter(letter).reason]))).toEqual({
      'not-json': 'not-json',
      'one-megabyte': 'text-too-long',
      'null-byte': 'null-byte',
      future: 'unknown-schema-version',
      binary: 'invalid-utf8',
    });
    expect(service.logs.join('\n')).not.toContain('goblok');
    expect(await service.stop()).toBe(0);
  });

  it('is killed in the middle of a backlog and no post is lost', async () => {
    const posts = Array.from({ length: 2_000 }, (_, i) => aPost({ text: `pagi yang cerah nomor ${i}` }));
    await sendPosts(posts);
    const first = await startClassify();
    await first.kill();
    await startClassify();
    await until('every post has its verdict', () => haveVerdicts(posts));
  });
});
