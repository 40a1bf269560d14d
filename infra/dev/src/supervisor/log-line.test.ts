import { expect, test } from '@jest/globals';
import { renderLogLine } from './log-line.js';

test('a pino line becomes time, message and fields', () => {
  const line =
    '{"level":30,"time":"2026-11-24T10:05:03.205Z","service":"ingest","pid":1,"source":"demo","n":3,"msg":"source has ended"}';
  expect(renderLogLine(line)).toEqual({ level: 30, text: '10:05:03 source has ended source=demo n=3' });
});

test('an error shows its message and the first place in our code', () => {
  const err = {
    type: 'Error',
    message: 'broken',
    stack: 'Error: broken\n  at x (node_modules/kafkajs/a.js:1)\n  at run (/r/step.js:4)',
  };
  const line = JSON.stringify({ level: 60, time: '2026-11-24T10:05:03.205Z', msg: 'crashed', err });
  expect(renderLogLine(line).text).toBe('10:05:03 FATAL crashed (Error: broken at run (/r/step.js:4))');
});

test.each(['plain text', '{"not": "a log"}', '{broken'])('%s passes as it is, as a warning', (line) => {
  expect(renderLogLine(line)).toEqual({ level: 40, text: line });
});

test('a terminal gets no control characters from a log', () => {
  expect(renderLogLine('evil \u001b[2J\u0007').text).toBe('evil �[2J�');
});
