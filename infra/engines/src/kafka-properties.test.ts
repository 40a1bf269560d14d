import { expect, test } from '@jest/globals';
import { kafkaProperties } from './kafka-properties.js';

test('listens on this machine only, and lets a dead letter be larger than what it stands for', () => {
  const lines = kafkaProperties({ port: 19092, controllerPort: 19093, dataDir: '/a b/kafka' }).split('\n');
  expect(lines).toContain('listeners=PLAINTEXT://127.0.0.1:19092,CONTROLLER://127.0.0.1:19093');
  expect(lines).toContain('log.dirs=/a b/kafka');
  const limit = lines.find((line) => line.startsWith('message.max.bytes='))?.split('=')[1];
  expect(Number(limit)).toBeGreaterThan(4 * 1024 * 1024);
});
