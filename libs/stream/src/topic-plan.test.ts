import { describe, expect, it } from '@jest/globals';
import type { Topic } from '@siaga/contracts';
import { configOn, planTopics, type ActualTopic } from './topic-plan.js';

const wanted: Topic = { name: 'uji.posts', key: 'post id', partitions: 6, config: { 'retention.ms': '1000' } };
const found = (fields: Partial<ActualTopic> = {}): ActualTopic => ({
  ...{ name: 'uji.posts', partitions: 6, replication: 1, config: { 'retention.ms': '1000' } },
  ...fields,
});

describe('the plan for topics', () => {
  it('is empty for what is as it should be, whatever else others have set', () => {
    const more = { 'retention.ms': '1000', 'segment.ms': '5' };
    expect(planTopics([wanted], [found({ config: more })], 1)).toEqual({ changes: [], refused: [] });
  });

  it('creates what is missing, and sets what differs', () => {
    expect(planTopics([wanted], [], 3).changes).toEqual([{ kind: 'create', topic: wanted }]);
    expect(planTopics([wanted], [found({ config: { 'retention.ms': '7' } })], 1).changes).toEqual([
      { kind: 'set', name: 'uji.posts', values: { 'retention.ms': ['7', '1000'] } },
    ]);
  });

  it('lets partitions become more and never fewer', () => {
    expect(planTopics([wanted], [found({ partitions: 3 })], 1)).toEqual({
      changes: [{ kind: 'grow', name: 'uji.posts', from: 3, to: 6 }],
      refused: [],
    });
    const fewer = planTopics([wanted], [found({ partitions: 12 })], 1);
    expect(fewer.changes).toEqual([]);
    expect(fewer.refused).toEqual([expect.stringContaining('cannot take any away')]);
  });

  it('asks for a majority of replicas that are there, and leaves their number to people', () => {
    expect(configOn(wanted, 3)).toMatchObject({ 'min.insync.replicas': '2' });
    expect(configOn(wanted, 1)).toMatchObject({ 'min.insync.replicas': '1' });
    const alone = planTopics([wanted], [found()], 3);
    expect(alone.changes).toEqual([]);
    expect(alone.refused).toEqual([expect.stringContaining('1 replicas and 3 are wanted')]);
    const moved = planTopics([wanted], [found({ replication: 3 })], 3);
    expect(moved.changes).toEqual([
      { kind: 'set', name: 'uji.posts', values: { 'min.insync.replicas': [undefined, '2'] } },
    ]);
  });
});
