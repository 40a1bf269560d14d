import { describe, expect, it } from '@jest/globals';
import { NO_NOTICE_FILTERS, noticesHash } from './notice-filters.js';
import { viewOf } from './views.js';

const ID = '01890000-0000-7000-8000-000000000000';

describe('the view by the fragment', () => {
  it.each([
    ['', { name: 'flags' }],
    ['#/flags', { name: 'flags' }],
    ['#/sources', { name: 'sources' }],
    ['#/notices', { name: 'notices', filters: NO_NOTICE_FILTERS }],
    [
      '#/notices?state=disputed&platform=a.example&category=hoax',
      { name: 'notices', filters: { state: 'disputed', platform: 'a.example', category: 'hoax' } },
    ],
    ['#/notices?state=%3Cb%3E&platform=A!&category=x', { name: 'notices', filters: NO_NOTICE_FILTERS }],
    [`#/notices/${ID}`, { name: 'notice', noticeId: ID }],
    ['#/notices/none', { name: 'flags' }],
  ])('of %j is %j', (hash, view) => {
    expect(viewOf(hash)).toEqual(view);
  });

  it.each([
    NO_NOTICE_FILTERS,
    { state: 'attention', platform: 'demo', category: 'hate' as const },
    { state: 'by-hand', platform: '', category: '' as const },
  ])('comes back from the fragment of %j', (filters) => {
    expect(viewOf(noticesHash(filters))).toEqual({ name: 'notices', filters });
  });
});
