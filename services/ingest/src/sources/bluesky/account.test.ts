import * as dagCbor from '@ipld/dag-cbor';
import { describe, expect, it } from '@jest/globals';
import { readFrame } from './firehose.js';
import { readMessage } from './jetstream.js';

const at = new Date('2026-11-01T00:00:05.000Z');

describe.each([
  [
    'firehose',
    (account: object) => {
      const body = { did: 'did:plc:abc', seq: 7, time: at.toISOString(), ...account };
      const frame = Buffer.concat([dagCbor.encode({ op: 1, t: '#account' }), dagCbor.encode(body)]);
      return readFrame(frame, 'bluesky').events.map(({ content }) => content);
    },
  ],
  [
    'jetstream',
    (account: object) => {
      const of = { did: 'did:plc:abc', seq: 7, time: at.toISOString(), ...account };
      const message = { did: 'did:plc:abc', time_us: at.getTime() * 1000, kind: 'account', account: of };
      const { event } = readMessage(Buffer.from(JSON.stringify(message)), 'bluesky');
      return event ? [event.content] : [];
    },
  ],
])('an account event of a %s', (_kind, read) => {
  it.each(['deleted', 'takendown', 'suspended', 'deactivated'])('tells that the author is gone when %s', (status) => {
    expect(read({ active: false, status })).toEqual([
      { kind: 'departure', platform: 'bluesky', author: 'did:plc:abc', at },
    ]);
  });

  it.each([
    { active: true },
    { active: true, status: 'deleted' },
    { active: false },
    { active: false, status: 'throttled' },
  ])('brings nothing when it says %j', (account) => expect(read(account)).toEqual([]));
});
