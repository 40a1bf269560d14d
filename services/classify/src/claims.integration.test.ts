import { describe, expect, it } from '@jest/globals';
import { claimCodec, flagCodec, postCodec, verdictCodec, type Claim, type Flag, type Post } from '@siaga/contracts';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';

const kafka = useKafka();
const services = useServices();

const TEXT = 'Bendungan Wadasari jebol besok malam dan petugas sengaja merahasiakan jadwal pengungsian warga';
const claim: Claim = {
  schemaVersion: 1,
  claimId: 'claim:bendungan',
  text: 'Bendungan Wadasari jebol besok malam, petugas merahasiakan jadwal pengungsian',
  verdict: 'Salah',
  url: 'https://cek.example/bendungan',
  publisher: 'Meja Uji',
  publishedAt: '2026-11-01T00:00:00.000Z',
};

const post = (posts: readonly Post[]) =>
  kafka.producer.send([
    { topic: kafka.topics.posts.name, messages: posts.map((one) => ({ key: one.id, value: postCodec.encode(one) })) },
  ]);
const publish = (value: Claim | null, claimId = claim.claimId) =>
  kafka.producer.send([
    { topic: kafka.topics.claims.name, messages: [{ key: claimId, value: value && claimCodec.encode(value) }] },
  ]);
const haveVerdicts = (posts: readonly Post[]) => {
  const judged = kafka.messages(kafka.topics.verdicts.name).flatMap(({ value }) => {
    const decoded = verdictCodec.decode(value);
    return decoded.ok ? [decoded.value.id] : [];
  });
  return posts.every(({ id }) => judged.includes(id));
};
const debunked = (): Flag[] =>
  kafka.messages(kafka.topics.flags.name).flatMap(({ value }) => {
    const decoded = flagCodec.decode(value);
    return decoded.ok && decoded.value.claims ? [decoded.value] : [];
  });
/** Posts that are watched for copies. */
const watched = (): string[] =>
  kafka.messages(kafka.topics.rumours.name).flatMap(({ value }) => {
    const decoded = postCodec.decode(value);
    return decoded.ok ? [decoded.value.id] : [];
  });
const flagsOf = ({ id }: Post) => debunked().filter((flag) => flag.post.id === id);

describe('a claim that is debunked', () => {
  it('is found in posts from before it and after it, until it is taken back', async () => {
    const service = await services.start('classify', {
      SIAGA_KAFKA_BROKERS: kafka.brokers,
      SIAGA_TOPIC_PREFIX: kafka.prefix,
    });
    const earlier = [TEXT, `${TEXT}!!! sebarkan ke grup keluarga`, `INFO: ${TEXT}`].map((text) => aPost({ text }));
    const denial = aPost({ text: `HOAKS. Kabar "${TEXT}" tidak benar, jangan disebar.` });
    const other = aPost({ text: 'Bendungan Wadasari ramai dikunjungi warga pada akhir pekan' });
    await post([...earlier, denial, other]);
    await until('verdicts before the claim', () => haveVerdicts([...earlier, denial, other]));
    expect(debunked()).toEqual([]);
    await until('the copies are watched', () => earlier.every(({ id }) => watched().includes(id)));
    expect(watched()).not.toContain(other.id);

    await publish({ ...claim, claimId: 'claim:benar', verdict: 'Benar' }, 'claim:benar');
    await publish(claim);
    await until('the earlier copies are flagged', () => earlier.every((one) => flagsOf(one).length > 0));
    const [flag] = flagsOf(earlier[0]!);
    expect(flag).toMatchObject({
      category: 'hoax',
      claims: [{ claimId: claim.claimId, verdict: 'Salah', url: claim.url, probability: expect.any(Number) }],
    });
    expect(flag!.score).toBeGreaterThanOrEqual(flag!.threshold);
    expect(flagsOf(denial)).toEqual([]);
    expect(flagsOf(other)).toEqual([]);

    const later = aPost({ text: `${TEXT}. Siapkan tas.` });
    await post([later]);
    await until('a later copy is flagged as it comes', () => flagsOf(later).length > 0);
    expect(watched()).not.toContain(later.id);

    await publish(null);
    const last = aPost({ text: `${TEXT} kata sopir truk` });
    // Within seconds, so copies are sent until one is not matched.
    await until('it is forgotten', async () => {
      const copy = { ...last, id: `${last.id}-${Date.now()}` };
      await post([copy]);
      await until('its verdict', () => haveVerdicts([copy]));
      return flagsOf(copy).length === 0;
    });
    expect(service.logs.join('\n')).not.toContain('Wadasari');
    expect(await service.stop()).toBe(0);
  });
});
