import { beforeEach, describe, expect, it } from '@jest/globals';
import { postCodec } from '@siaga/contracts';
import { listFlags } from '@siaga/storage';
import type { StreamMessage } from '@siaga/stream';
import { aFlag, aPost, useDatabase } from '@siaga/testkit';
import { Registry } from 'prom-client';
import { notifyMetrics } from './metrics.js';
import { aPolicy } from './policy.fixture.js';
import { recordFlags } from './record-flags.js';
import { removePostsStep } from './remove-posts-step.js';

const database = useDatabase();
const message = (value: Buffer): StreamMessage => ({
  ...{ topic: 't', partition: 0, offset: '0', key: null, headers: {}, timestamp: 0 },
  value,
});
const removal = (id: string) => message(postCodec.encode(aPost({ id, text: '', deleted: true })));
const flag = aFlag({ post: { id: 'demo:1', text: 'rahasia' } });
const record = () => database.db.transaction((tx) => recordFlags(tx, [flag], aPolicy('http://platform.invalid')));
const texts = async () => (await listFlags(database.db, {}, { limit: 9 })).map(({ text }) => text);

beforeEach(() => database.db.query('truncate campaigns, removed_posts cascade'));

describe('removals', () => {
  it('delete the text of what is recorded, before and after; what is no removal is poison', async () => {
    const step = removePostsStep({ db: database.db, metrics: notifyMetrics(new Registry()) });
    await record();
    expect(await texts()).toEqual(['rahasia']);
    const alive = message(postCodec.encode(aPost({ id: 'demo:2' })));
    const outcomes = await step.run([removal('demo:1'), alive, message(Buffer.from('{'))]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['done', 'poison', 'poison']);
    expect(await texts()).toEqual(['']);
    await database.db.query('truncate campaigns cascade');
    await record();
    expect(await texts()).toEqual(['']);
  });
});
