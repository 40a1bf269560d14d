import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { postCodec, verdictCodec, type Verdict } from '@siaga/contracts';
import { ACTIVE_MODEL_DIR } from '@siaga/models';
import { aPost, until, useKafka, useServices } from '@siaga/testkit';

const kafka = useKafka();
const services = useServices();
let folder: string;

/** A copy of the shipped model under another version; `damage` spoils it. */
async function anArtefact(version: string, damage?: 'weights' | 'thresholds'): Promise<void> {
  const dir = path.join(folder, version);
  await cp(ACTIVE_MODEL_DIR, dir, { recursive: true });
  const file = path.join(dir, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown> & { weights: { file: string } };
  manifest.version = version;
  if (damage === 'thresholds') manifest.thresholds = { hoax: {}, hate: {}, bullying: {} };
  await writeFile(file, JSON.stringify(manifest));
  if (damage === 'weights') {
    const weights = await readFile(path.join(dir, manifest.weights.file));
    weights[weights.length >> 1]! ^= 1;
    await writeFile(path.join(dir, manifest.weights.file), weights);
  }
}

const point = (models: { active: string; shadow?: string }) =>
  writeFile(path.join(folder, 'models.json'), JSON.stringify(models));

function verdicts(): Verdict[] {
  return kafka.messages(kafka.topics.verdicts.name).flatMap(({ value }) => {
    const decoded = verdictCodec.decode(value);
    return decoded.ok ? [decoded.value] : [];
  });
}

let sent = 0;
/** Sends posts one by one until a verdict says what is waited for; every post must get its verdict. */
async function sendUntil(what: string, found: (verdict: Verdict) => boolean): Promise<void> {
  await until(what, async () => {
    const post = aPost({ id: `demo:live-${sent++}`, text: `kabar nomor ${sent} dari desa` });
    await kafka.producer.send([
      { topic: kafka.topics.posts.name, messages: [{ key: post.id, value: postCodec.encode(post) }] },
    ]);
    return verdicts().some(found);
  });
}

const metricsOf = async (url: string) => (await fetch(`${url}/metrics`)).text();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'siaga-models-'));
  await Promise.all([
    anArtefact('v1'),
    anArtefact('v2'),
    anArtefact('broken', 'weights'),
    anArtefact('senseless', 'thresholds'),
  ]);
  await point({ active: 'v1' });
});

describe('models in a running fleet', () => {
  it('changes them without a restart, refuses broken ones, and tries one out as a shadow', async () => {
    const service = await services.start('classify', {
      SIAGA_KAFKA_BROKERS: kafka.brokers,
      SIAGA_TOPIC_PREFIX: kafka.prefix,
      SIAGA_MODEL_POINTER: path.join(folder, 'models.json'),
    });
    await sendUntil('v1 serves', ({ model }) => model.version === 'v1');

    await point({ active: 'v2' });
    await sendUntil('v2 serves', ({ model }) => model.version === 'v2');
    // What is counted for drift is the new model's alone.
    await until('the scores of v2 are counted', async () => {
      const text = await metricsOf(service.opsUrl);
      return (
        text.includes('siaga_classify_score_ratio_count{model="v2"') &&
        !text.includes('siaga_classify_score_ratio_count{model="v1"')
      );
    });

    for (const bad of ['broken', 'senseless', 'missing']) {
      await point({ active: bad });
      const refusals = service.logs.length;
      await until(`${bad} is refused`, () =>
        service.logs.slice(refusals - 1).some((line) => line.includes(`/${bad}"`)),
      );
      await until('the metric says so', async () =>
        (await metricsOf(service.opsUrl)).includes('siaga_classify_model_refused{role="active"} 1'),
      );
      const before = sent;
      await sendUntil('v2 goes on', ({ id, model }) => id === `demo:live-${before}` && model.version === 'v2');
    }

    await point({ active: 'v2', shadow: 'v1' });
    await sendUntil('the shadow scores', ({ shadow, model }) => shadow === true && model.version === 'v1');
    const lines = new Set((await metricsOf(service.opsUrl)).split('\n'));
    expect(lines).toContain('siaga_classify_model_refused{role="active"} 0');
    expect(lines).not.toContain('siaga_classify_shadow_posts_total 0');
    // The same weights under another name: nothing gained, nothing lost, nothing moved.
    expect([...lines].filter((line) => line.startsWith('siaga_classify_shadow_disagreements_total{'))).toEqual([]);
    expect(lines).toContain('siaga_classify_shadow_stability_index{category="hate"} 0');

    await until('every post has its verdict', () => new Set(verdicts().map(({ id }) => id)).size === sent);
    const decisive = verdicts().filter(({ shadow }) => !shadow);
    expect(new Set(decisive.map(({ id }) => id)).size).toBe(decisive.length);
    expect(await service.stop()).toBe(0);
  });
});
