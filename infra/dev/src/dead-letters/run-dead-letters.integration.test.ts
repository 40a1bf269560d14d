import { describe, expect, it } from '@jest/globals';
import { UsageError } from '@siaga/runtime';
import { deadLetter } from '@siaga/stream';
import { until, useKafka } from '@siaga/testkit';
import { runDeadLetters } from './run-dead-letters.js';

const kafka = useKafka();

const run = async (...args: string[]) => {
  const lines: string[] = [];
  const options = { signal: new AbortController().signal, print: (text: string) => void lines.push(text) };
  const code = await runDeadLetters([...args, '--brokers', kafka.brokers, '--prefix', kafka.prefix], options);
  return { code, shown: lines.join('\n') };
};

const given = (topic: string, key: string, reason: string) =>
  deadLetter(
    {
      ...{ topic, partition: 2, offset: '17', timestamp: 0, key: Buffer.from(key) },
      ...{ value: Buffer.from(`isi ${key} \u001b[2J`), headers: { trace: 'abc' } },
    },
    { reason, detail: 'tidak\u202eterbaca', step: 'classify' },
  );

describe('npm run dead-letters', () => {
  it('says that there are none', async () => {
    expect(await run('list')).toEqual({ code: 0, shown: 'no dead letters' });
  });

  it('lists, shows and sends back what was given up, and only when told to', async () => {
    const posts = kafka.topics.posts.name;
    const letters = [
      given(posts, 'satu', 'not-json'),
      given(posts, 'dua', 'bad-schema'),
      given('source:berkas', 'tiga', 'not-json'),
    ];
    await kafka.producer.send([{ topic: kafka.topics.deadLetters.name, messages: letters }]);

    const { shown } = await run('list');
    expect(shown).toContain(`from ${posts}/2:17`);
    expect(shown).toContain('2  classify: not-json');
    expect(shown).toContain('3 in all');
    expect(shown).not.toContain('\u202e');
    expect((await run('list', '--reason', 'bad-schema')).shown).toContain('1 in all');

    const one = await run('show', '1');
    expect(one.shown).toContain('key: dua');
    expect(one.shown).toContain('isi dua \\u001b[2J');
    await expect(run('show', '99')).rejects.toThrow(UsageError);

    const planned = await run('replay', '--reason', 'not-json');
    expect(planned.shown).toContain(`1 to ${posts}`);
    expect(planned.shown).toContain('1 were never on a topic');
    expect(planned.shown).toContain('nothing was sent');
    expect(kafka.messages(posts)).toEqual([]);

    await run('replay', '--reason', 'not-json', '--yes');
    await until('the message is back', () => kafka.messages(posts).length === 1);
    const [back] = kafka.messages(posts);
    expect(String(back?.key)).toBe('satu');
    expect(String(back?.value)).toBe('isi satu \u001b[2J');
    expect(Object.keys(back?.headers ?? {})).toEqual(['trace']);
  });

  it('explains itself and refuses what it does not know', async () => {
    expect((await run('--help')).shown).toContain('replay');
    await expect(run('burn')).rejects.toThrow('unknown command "burn"');
    await expect(run('list', '--since', 'besok')).rejects.toThrow('--since besok is no instant');
    await expect(run('list', '--limit', 'x')).rejects.toThrow('--limit x');
  });
});
