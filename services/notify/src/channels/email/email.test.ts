import { describe, expect, it } from '@jest/globals';
import { Value } from 'typebox/value';
import { EmailEntry } from './email.js';

const entry = { kind: 'email', host: 'surat.siaga.invalid', from: 'laporan@siaga.invalid', to: ['aduan@demo.invalid'] };
const isTaken = (fields: object) => Value.Check(EmailEntry, Value.Default(EmailEntry, { ...entry, ...fields }));

describe('the entry of mail in a policy', () => {
  it('is encrypted unless it says otherwise', () => {
    expect(isTaken({})).toBe(true);
    expect(Value.Default(EmailEntry, { ...entry })).toMatchObject({ port: 587, requireTls: true });
  });

  it.each(['a@b.invalid\r\nBcc: c@d.invalid', 'a@b.invalid, c@d.invalid', '<a@b.invalid>', 'a b@c.invalid', 'a', ''])(
    'takes no address that is more than one: %j',
    (address) => {
      for (const fields of [{ from: address }, { to: [address] }, { replyTo: address }]) {
        expect(isTaken(fields)).toBe(false);
      }
    },
  );

  it('goes to at least one and at most ten', () => {
    expect(isTaken({ to: [] })).toBe(false);
    expect(isTaken({ to: Array.from({ length: 10 }, (_, i) => `a${i}@b.invalid`) })).toBe(true);
    expect(isTaken({ to: Array.from({ length: 11 }, (_, i) => `a${i}@b.invalid`) })).toBe(false);
  });
});
