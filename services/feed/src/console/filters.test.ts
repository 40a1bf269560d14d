import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anItem } from './item.fixture.js';
import { apiQueryOf, CATEGORIES, filtersFrom, NO_FILTERS, passes, searchOf, STATES, type Filters } from './filters.js';

const time = fc.constantFrom('', '2026-11-01T00:00:00Z', '2026-11-02T08:30:00.000+07:00');
const filters: fc.Arbitrary<Filters> = fc.record({
  category: fc.constantFrom('', ...CATEGORIES),
  platform: fc.constantFrom('', 'demo', 'kabar.social'),
  state: fc.constantFrom(...STATES),
  audit: fc.constantFrom('', 'true'),
  q: fc.string({ maxLength: 50 }).filter((text) => text === '' || (text.trim() !== '' && !text.includes('\u0000'))),
  minScore: fc.constantFrom('', '0.8', '1'),
  language: fc.constantFrom('', 'id', 'jv'),
  label: fc.constantFrom('', 'religion'),
  from: time,
  to: time,
});

describe('filters', () => {
  it('come back from the URL as they went in', () => {
    fc.assert(fc.property(filters, (given) => expect(filtersFrom(searchOf(given))).toEqual(given)));
  });

  it('leave no trace in the URL when there are none, and take nothing that does not exist', () => {
    expect(searchOf(NO_FILTERS)).toBe('');
    expect(searchOf({ ...NO_FILTERS, q: '  ' })).toBe('');
    expect(filtersFrom('?category=spam&state=x&minScore=2&language=<b>&label=A&from=now&platform=-&x=1')).toEqual(
      NO_FILTERS,
    );
  });

  it('ask the API in its own words', () => {
    const asked = (change: Partial<Filters>) => apiQueryOf({ ...NO_FILTERS, ...change }).toString();
    expect(asked({})).toBe('state=open');
    expect(asked({ state: 'any', q: 'surat suara' })).toBe('q=surat+suara');
    expect(asked({ state: 'disputed', minScore: '0.8' })).toBe('minScore=0.8&state=disputed');
    // People's judgements of audited posts are shown beside them.
    expect(asked({ audit: 'true' })).toBe('audit=true');
  });

  it('let pass what the server would list, and ask it where only it can tell', () => {
    const item = anItem({ category: 'hate', score: 0.9, post: { platform: 'demo', language: 'id' } });
    const pass = (change: Partial<Filters>) => passes(item, { ...NO_FILTERS, ...change });
    expect(pass({})).toBe(true);
    expect(pass({ category: 'hate', platform: 'demo', language: 'id', minScore: '0.9' })).toBe(true);
    for (const other of [{ category: 'hoax' }, { audit: 'true' }, { platform: 'other' }, { language: 'jv' }] as const) {
      expect(pass(other)).toBe(false);
      expect(pass({ ...other, q: 'kata' })).toBe(false);
    }
    expect(pass({ minScore: '0.95' })).toBe(false);
    expect(pass({ state: 'dismissed' })).toBe(false);
    expect(pass({ state: 'any' })).toBe(true);
    for (const own of [{ q: 'kata' }, { label: 'religion' }, { from: '2026-11-01T00:00:00Z' }])
      expect(pass(own)).toBe('ask');
    const audited = { ...item, audit: { share: 0.5, found: null } };
    expect(passes(audited, { ...NO_FILTERS, audit: 'true' })).toBe(true);
    expect(passes(audited, NO_FILTERS)).toBe(false);
  });
});
