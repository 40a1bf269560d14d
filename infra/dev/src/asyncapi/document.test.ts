import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { describe, expect, it } from '@jest/globals';
import { topicsOf } from '@siaga/contracts';
import { deadLetter } from '@siaga/stream';
import { parse } from 'yaml';
import { DEAD_LETTER_HEADERS } from './dead-letter-headers.js';
import { ASYNCAPI_FILE, asyncApiText } from './yaml-file.js';

const kept = () => readFileSync(ASYNCAPI_FILE, 'utf8');
const asyncApiSchema = createRequire(import.meta.url)('@asyncapi/specs/schemas/3.0.0.json') as object;

describe('docs/asyncapi.yaml', () => {
  it('says what the contracts say: else npm run asyncapi', () => {
    expect(kept()).toBe(asyncApiText());
  });

  it('is valid AsyncAPI 3', () => {
    // The schema brings the one that it is written in.
    const ajv = new Ajv({ strict: false, meta: false, validateSchema: false });
    formats.default(ajv);
    const isValid = ajv.compile(asyncApiSchema);
    expect([isValid(parse(kept())), isValid.errors]).toEqual([true, null]);
    expect(isValid({ ...parse(kept()), channels: { posts: { address: 5 } } })).toBe(false);
  });

  it('has every topic', () => {
    const { channels } = parse(kept()) as { channels: Record<string, { address: string }> };
    const names = Object.values(topicsOf()).map(({ name }) => name);
    expect(Object.values(channels).map(({ address }) => address)).toEqual(names);
  });

  it('names the headers of a dead letter as they are written', () => {
    const message = { topic: 't', partition: 0, offset: '0', key: null, value: null, headers: {}, timestamp: '0' };
    const { headers = {} } = deadLetter(message as never, { reason: 'r', detail: 'd', step: 's' });
    expect(Object.keys(headers)).toEqual(Object.keys(DEAD_LETTER_HEADERS));
  });
});
