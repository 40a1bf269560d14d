import { describe, expect, it } from '@jest/globals';
import { DELIVERY_STATES, NEXT_STATE, WAITING_STATES, type DeliveryEvent } from './delivery-states.js';

/** All that can happen; what is not here cannot. */
const CAN_HAPPEN = [
  'scheduled claimed sending',
  'scheduled redirected scheduled',
  'sending claimed asking',
  'sending acknowledged delivered',
  'sending put-off scheduled',
  'sending cut-off uncertain',
  'sending refused failed',
  'sending untold unsure',
  'sending handed-over by-hand',
  'uncertain claimed asking',
  'asking claimed asking',
  'asking acknowledged delivered',
  'asking put-off uncertain',
  'asking cut-off uncertain',
  'asking refused failed',
  'asking untold unsure',
  'asking handed-over by-hand',
  'unsure arrived delivered',
  'unsure part-arrived scheduled',
  'unsure send-again scheduled',
  'by-hand arrived delivered',
  'failed send-again scheduled',
  'failed redirected scheduled',
];

describe('the states of a delivery', () => {
  it('says of every event in every state what comes of it', () => {
    const events = Object.keys(NEXT_STATE.scheduled) as DeliveryEvent[];
    const pairs = DELIVERY_STATES.flatMap((state) => events.map((event) => [state, event, NEXT_STATE[state][event]]));
    expect(pairs).toHaveLength(88);
    expect(pairs.filter(([, , next]) => next !== null).map((pair) => pair.join(' '))).toEqual(CAN_HAPPEN);
  });

  it('sends another way only what surely has not arrived', () => {
    expect(DELIVERY_STATES.filter((state) => NEXT_STATE[state].redirected !== null)).toEqual(['scheduled', 'failed']);
  });

  it('never sends without asking what may have arrived, and nothing that has', () => {
    expect(WAITING_STATES).toEqual(['scheduled', 'sending', 'uncertain', 'asking']);
    expect(DELIVERY_STATES.filter((state) => NEXT_STATE[state].claimed === 'sending')).toEqual(['scheduled']);
    expect(Object.values(NEXT_STATE.delivered).every((next) => next === null)).toBe(true);
  });
});
