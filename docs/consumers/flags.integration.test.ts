import { spawn } from 'node:child_process';
import { mkdtemp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { flagCodec } from '@siaga/contracts';
import { aFlag, pythonWith, until, useKafka } from '@siaga/testkit';
import { transformFile } from '@swc/core';

const INSTALL_MS = 600_000;
const WAIT_MS = 45_000;
const kafka = useKafka();
const flag = aFlag({ post: { url: 'https://forum.invalid/p/1' } });
const line = `${flag.category} ${flag.score} https://forum.invalid/p/1\n`;
const ends: (() => void)[] = [];

beforeAll(async () => {
  await kafka.producer.send([
    { topic: kafka.topics.flags.name, messages: [{ key: flag.post.id, value: flagCodec.encode(flag) }] },
  ]);
});
afterAll(() => ends.forEach((end) => end()));

/** What it prints, as it prints it. */
function start(command: string, program: string): () => string {
  const where = { BROKERS: kafka.brokers, TOPIC: kafka.topics.flags.name, GROUP: kafka.prefix + path.extname(program) };
  const child = spawn(command, [program], { env: { ...process.env, ...where } });
  ends.push(() => child.kill());
  let [printed, complaints] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
  return () => {
    if (child.exitCode !== null) throw new Error(complaints);
    return printed;
  };
}

describe('the consumers of ten lines', () => {
  it('in TypeScript prints a flag', async () => {
    const { code } = await transformFile(path.join(import.meta.dirname, 'flags.ts'), {
      ...{ jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    });
    // Within the checkout, where its library is found.
    const state = path.join(import.meta.dirname, '../../.siaga');
    await mkdir(state, { recursive: true });
    const program = path.join(await mkdtemp(path.join(state, 'consumer-')), 'flags.mjs');
    await writeFile(program, code);
    const printed = start(process.execPath, program);
    await until('it prints the flag', () => printed().includes(line), { timeoutMs: WAIT_MS });
  });

  it(
    'in Python prints a flag',
    async () => {
      const python = await pythonWith(path.join(import.meta.dirname, 'requirements.txt'));
      const printed = start(python, path.join(import.meta.dirname, 'flags.py'));
      await until('it prints the flag', () => printed().includes(line), { timeoutMs: WAIT_MS });
    },
    INSTALL_MS,
  );
});
