import net from 'node:net';
import { once } from 'node:events';
import { expect, test } from '@jest/globals';
import { freePort, requirePort } from './free-port.js';

test('keeps the preferred port while it is free, and finds another when it is taken', async () => {
  const preferred = await freePort();
  expect(await freePort(preferred)).toBe(preferred);

  const holder = net.createServer().listen(preferred, '127.0.0.1');
  await once(holder, 'listening');
  try {
    const other = await freePort(preferred);
    expect(other).not.toBe(preferred);
    expect(other).toBeGreaterThan(0);
    await expect(requirePort(preferred, 'Kafka')).rejects.toThrow(`port ${preferred}, wanted by Kafka, is taken`);
  } finally {
    holder.close();
  }
});
