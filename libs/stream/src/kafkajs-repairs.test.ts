import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupPerPartition, recordEncoder, unrepaired } from './kafkajs-repairs.js';

const bytes = fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array));
const written = ({ buf, offset }: { buf: Buffer; offset: number }) => buf.subarray(0, offset).toString('hex');

it('encodes records byte for byte as kafkajs does', () => {
  const encode = recordEncoder(unrepaired.encoder, unrepaired.record);
  fc.assert(
    fc.property(
      fc.record(
        {
          offsetDelta: fc.nat({ max: 1_000_000 }),
          timestampDelta: fc.oneof(fc.constant(0), fc.integer({ min: -1_000, max: 2 ** 31 })),
          key: fc.oneof(fc.string({ unit: 'grapheme' }), bytes, fc.constant(null)),
          value: fc.option(
            fc.oneof(
              bytes,
              fc.constantFrom(63, 64, 8_191, 8_192, 70_000).map((n) => Buffer.alloc(n, 7)),
            ),
          ),
          headers: fc.dictionary(fc.string(), fc.string(), { maxKeys: 2 }),
        },
        { requiredKeys: ['key', 'value'] },
      ),
      (record) => {
        expect(written(encode(record))).toBe(written(unrepaired.record(record)));
      },
    ),
  );
});

it('groups messages as kafkajs does', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 7 })), fc.nat({ max: 3 }), (messages, partitions) => {
      const given = {
        topic: 'posts',
        partitionMetadata: Array.from({ length: partitions }),
        messages,
        partitioner: ({ message }: { message: unknown }) => message as number,
      };
      expect(groupPerPartition(given)).toEqual(unrepaired.grouping(given));
    }),
  );
});
