import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anItem } from './item.fixture.js';
import { filtersFrom, NO_FILTERS, passes, searchOf, type Filters } from './filters.js';

const filters: fc.Arbitrary<Filters> = fc.record({
  category: fc.constantFrom('', 'hoax', 'hate', 'bullying'),
  platform: fc.string({ maxLength: 20 }).filter((text) => text === '' || text.trim() !== ''),
  campaign: fc.constantFrom('', '2f945a32-b41a-4828-868d-1d56618c60a9'),
  audit: fc.constantFrom('', 'true'),
  q: fc.string({ maxLength: 50 }).filter((text) => text === '' || text.trim() !== ''),
});

describe('filters', () => {
  it('come back from the URL as they went in', () => {
    fc.assert(fc.property(filters, (given) => expect(filtersFrom(searchOf(given))).toEqual(given)));
  });

  it('leave no trace in the URL when there are none', () => {
    expect(searchOf(NO_FILTERS)).toBe('');
    expect(searchOf({ ...NO_FILTERS, q: '  ' })).toBe('');
  });

  it('take no category that does not exist', () => {
    expect(filtersFrom('?category=spam&x=1')).toEqual(NO_FILTERS);
  });

  it('let pass what the server would list', () => {
    const item = anItem({ category: 'hate', post: { platform: 'demo', text: 'Surat SUARA tercoblos' } });
    const pass = (change: Partial<Filters>) => passes(item, { ...NO_FILTERS, ...change });
    expect(pass({})).toBe(true);
    expect(pass({ category: 'hate', platform: 'demo', campaign: 'campaign', q: ' suara  surat ' })).toBe(true);
    expect(pass({ category: 'hoax' })).toBe(false);
    expect(pass({ audit: 'true' })).toBe(false);
    expect(passes({ ...item, audit: { share: 0.5, found: null } }, { ...NO_FILTERS, audit: 'true' })).toBe(true);
    expect(passes({ ...item, audit: { share: 0.5, found: null } }, NO_FILTERS)).toBe(false);
    expect(pass({ platform: 'other' })).toBe(false);
    expect(pass({ campaign: 'other' })).toBe(false);
    expect(pass({ q: 'surat kabar' })).toBe(false);
  });
});
