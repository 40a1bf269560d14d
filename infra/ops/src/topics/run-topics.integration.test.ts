import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { topicsOf } from '@siaga/contracts';
import { applyTopicPlan, describeTopics } from '@siaga/stream';
import { until, useKafka } from '@siaga/testkit';
import { runTopics } from './run-topics.js';

const kafka = useKafka();
const prefix = `ops-${randomUUID().slice(0, 8)}`;
const topics = topicsOf(prefix);

async function run(...args: string[]) {
  const lines: string[] = [];
  const env = { SIAGA_KAFKA_BROKERS: kafka.brokers };
  const code = await runTopics([...args, '--prefix', prefix], { env, print: (text) => lines.push(text) });
  return { code, text: lines.join('\n') };
}

/** Changes a topic behind the fleet's back. */
const change = (values: Record<string, string>) =>
  applyTopicPlan(
    kafka.options,
    {
      refused: [],
      changes: [
        {
          kind: 'set',
          name: topics.posts.name,
          values: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, [undefined, value] as const]),
          ),
        },
      ],
    },
    1,
  );
const posts = async () => (await describeTopics(kafka.options, [topics.posts]))[0];

describe('npm run topics', () => {
  it('plans without changing anything, creates all of them, and then has nothing left to do', async () => {
    const plan = await run('plan');
    expect(plan.code).toBe(0);
    expect(plan.text).toContain(`create ${topics.posts.name}: 6 partitions`);
    expect(plan.text).toContain('604800000 (7 days)');
    expect(await posts()).toBeUndefined();

    expect((await run('apply')).code).toBe(0);
    expect(await run('plan')).toEqual({ code: 0, text: 'the topics are as they should be' });
    expect(await posts()).toMatchObject({ partitions: 6, replication: 1, config: { 'cleanup.policy': 'delete' } });
  });

  it('sets back what was changed, and keeps what others have set beside it', async () => {
    await change({ 'retention.ms': '60000', 'segment.ms': '120000' });
    await until('the change is seen', async () => (await posts())?.config['retention.ms'] === '60000');
    expect((await run('plan')).text).toBe(`set ${topics.posts.name} retention.ms to 604800000 (7 days), it is 60000`);
    expect((await run('apply')).code).toBe(0);
    await until('it is set back', async () => (await posts())?.config['retention.ms'] === '604800000');
    expect((await posts())?.config).toMatchObject({ 'segment.ms': '120000', 'cleanup.policy': 'delete' });
  });

  it('adds partitions only when told to, and never takes one away', async () => {
    const grown = { name: topics.removals.name, kind: 'grow', from: 1, to: 4 } as const;
    await applyTopicPlan(kafka.options, { refused: [], changes: [grown] }, 1);
    await until(
      'there are four',
      async () => (await describeTopics(kafka.options, [topics.removals]))[0]?.partitions === 4,
    );
    const applied = await run('apply', '--grow');
    expect(applied.code).toBe(1);
    expect(applied.text).toContain(`${topics.removals.name} has 4 partitions and 1 are wanted`);
    expect(await run('apply', '--replication', '3')).toMatchObject({ code: 1 });
  });

  it('says in one line what a person can mend', async () => {
    await expect(run('shrink')).rejects.toThrow('plan, apply or acls');
    await expect(run('plan', '--replication', 'many')).rejects.toThrow('is no number');
    await expect(run('plan', '--brokers', '127.0.0.1:1')).rejects.toThrow('Kafka does not answer');
  });
});
