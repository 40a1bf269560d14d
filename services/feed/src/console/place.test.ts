import { describe, expect, it } from '@jest/globals';
import { NO_NOTICE_FILTERS, noticeFiltersFrom, noticesHash } from './notice-filters.js';
import { placeOf, type ViewEntry } from './place.js';

const aView = (name: string, more: Partial<ViewEntry> = {}): ViewEntry => ({
  ...{ name, title: { id: name, en: name }, permission: 'read' },
  load: () => Promise.reject(new Error('not shown')),
  ...more,
});
const VIEWS = [aView('flags'), aView('notices'), aView('wall', { alone: true })];

describe('the place of an address', () => {
  it.each([
    ['/', '', ['flags', '', '']],
    ['/', '#/flags', ['flags', '', '']],
    ['/', '#/nowhere', ['flags', '', '']],
    ['/', '#sign-in=abc', ['flags', '', '']],
    ['/', '#/notices', ['notices', '', '']],
    ['/', '#/notices?state=disputed&q=a%20b', ['notices', '', 'state=disputed&q=a%20b']],
    ['/', '#/notices/01890000-0000?x=1', ['notices', '01890000-0000', 'x=1']],
    ['/', '#/wall', ['wall', '', '']],
    ['/wall', '', ['wall', '', '']],
    ['/notices', '', ['flags', '', '']],
  ])('%j %j is %j', (pathname, hash, [name, path, query]) => {
    const place = placeOf(VIEWS, pathname, hash);
    expect([place?.view.name, place?.path, place?.query]).toEqual([name, path, query]);
  });

  it('is nowhere for whoever may see nothing', () => {
    expect(placeOf([], '/', '#/flags')).toBeUndefined();
  });
});

describe('the filters of notices', () => {
  it.each([
    ['state=%3Cb%3E&platform=A!&category=x', NO_NOTICE_FILTERS],
    ['state=disputed&platform=a.example&category=hoax', { state: 'disputed', platform: 'a.example', category: 'hoax' }],
  ])('of %j are %j', (query, filters) => {
    expect(noticeFiltersFrom(query)).toEqual(filters);
  });

  it.each([
    NO_NOTICE_FILTERS,
    { state: 'attention', platform: 'demo', category: 'hate' as const },
    { state: 'by-hand', platform: '', category: '' as const },
  ])('come back from the address of %j', (filters) => {
    expect(noticeFiltersFrom(placeOf(VIEWS, '/', noticesHash(filters))?.query ?? '')).toEqual(filters);
  });
});
