import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { freePort, until } from '@siaga/testkit';

/** A small service of its own, run from the built runtime. */
const PROGRAM = `
import Type from 'typebox';
import { runService } from '@siaga/runtime';
await runService({
  name: 'sample',
  settings: Type.Object({ SAMPLE_MODE: Type.String({ description: 'steady or crash' }) }),
  async start(service, settings) {
    service.onStop('first', () => service.log.info('released first'));
    service.onStop('second', () => service.log.info('released second'));
    service.readyWhen('never', async () => { if (settings.SAMPLE_MODE === 'unready') throw new Error('no peer'); });
    if (settings.SAMPLE_MODE === 'crash') setTimeout(() => { throw new Error('got away'); }, 10);
  },
});
`;

async function run(env: Record<string, string>) {
  const port = await freePort();
  const child = spawn(process.execPath, ['--input-type=module', '-e', PROGRAM], {
    cwd: 'libs/runtime',
    env: { PATH: process.env.PATH, SIAGA_OPS_PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const exit = once(child, 'exit').then(([code]) => code as number | null);
  return { child, exit, url: `http://127.0.0.1:${port}`, output: () => output };
}

describe('runService', () => {
  it('serves its operators, and drains in reverse on SIGTERM', async () => {
    const { child, exit, url, output } = await run({ SAMPLE_MODE: 'steady' });
    await until('ready', () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
    expect(await (await fetch(`${url}/livez`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('process_cpu_seconds_total');
    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output().indexOf('released second')).toBeLessThan(output().indexOf('released first'));
  });

  it('says which check fails', async () => {
    const { child, url } = await run({ SAMPLE_MODE: 'unready' });
    const answer = await until('an answer', () => fetch(`${url}/readyz`).catch(() => undefined));
    expect([answer.status, await answer.json()]).toEqual([
      503,
      { status: 'unavailable', failing: { never: 'no peer' } },
    ]);
    child.kill('SIGKILL');
  });

  it('stops when its supervisor is gone', async () => {
    const { child, exit, url } = await run({ SAMPLE_MODE: 'steady' });
    await until('ready', () =>
      fetch(`${url}/readyz`).then(
        (answer) => answer.ok,
        () => false,
      ),
    );
    child.disconnect();
    expect(await exit).toBe(0);
  });

  it('releases what it has and ends with 1 when an error got away', async () => {
    const { exit, output } = await run({ SAMPLE_MODE: 'crash' });
    expect(await exit).toBe(1);
    expect(output()).toContain('got away');
    expect(output()).toContain('released first');
  });

  it('ends with 78 and names the setting', async () => {
    const { exit, output } = await run({});
    expect(await exit).toBe(78);
    expect(output()).toContain('SAMPLE_MODE is not set (steady or crash)');
  });
});
