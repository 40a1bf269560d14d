import { expect, test } from '@jest/globals';
import { CANARY_PLATFORM, flagCodec, postCodec, verdictCodec, type Post } from '@siaga/contracts';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';

const kafka = useKafka();
const services = useServices();

test('a canary has its verdict and one flag, and counts for nothing but freshness', async () => {
  // Everything below a threshold would be audited.
  const service = await services.start('classify', {
    ...{ SIAGA_KAFKA_BROKERS: kafka.brokers, SIAGA_TOPIC_PREFIX: kafka.prefix, SIAGA_AUDIT_SHARE: '1' },
  });
  const calm = aPost({ text: 'Resep rendang ibu memang paling enak, besok masak lagi.' });
  const canary = (id: string, text: string) =>
    aPost({ id: `${CANARY_PLATFORM}:${id}`, platform: CANARY_PLATFORM, text });
  const insult = canary('insult', 'dasar goblok tolol, muka lu kayak babi, mati aja lu anjing');
  const posts: Post[] = [canary('calm', 'Burung kenari berkicau lagi pagi ini di dapur.'), insult, calm];
  await kafka.producer.send([
    {
      topic: kafka.topics.posts.name,
      messages: posts.map((post) => ({ key: post.id, value: postCodec.encode(post) })),
    },
  ]);
  const decodedOf = (topic: string, codec: typeof verdictCodec | typeof flagCodec) =>
    kafka.messages(topic).map(({ value }) => {
      const decoded = codec.decode(value);
      if (!decoded.ok) throw new Error(decoded.detail);
      return decoded.value as { id?: string; flagId?: string };
    });
  const ids = () => decodedOf(kafka.topics.verdicts.name, verdictCodec).map(({ id }) => id);
  await until('every post has its verdict', () => posts.every(({ id }) => ids().includes(id)));
  await until('and there are three flags', () => kafka.messages(kafka.topics.flags.name).length >= 3);
  expect(
    decodedOf(kafka.topics.flags.name, flagCodec)
      .map(({ flagId }) => flagId)
      .sort(),
  ).toEqual([`${calm.id}#audit`, `${CANARY_PLATFORM}:calm#canary`, `${CANARY_PLATFORM}:insult#canary`].sort());

  const metrics = await until('it has counted', async () => {
    const text = await (await fetch(`${service.opsUrl}/metrics`)).text();
    return /^siaga_classify_freshness_seconds_count 3$/m.test(text) ? text : undefined;
  });
  expect(metrics).toMatch(/^siaga_classify_posts_total\{outcome="scored"\} 1$/m);
  expect(metrics).toMatch(/^siaga_classify_audits_total 1$/m);
  expect(metrics).not.toMatch(/^siaga_classify_flags_total\{/m);
  expect(metrics).toMatch(/^siaga_classify_score_ratio_count\{.*category="hate".*\} 1$/m);
});
