import { describe, expect, it } from '@jest/globals';
import { HOSTILE_POSTS } from '@siaga/testkit';
import type { Notice } from '../../notice.js';
import { letterOf } from './letter.js';

const LINK = 'https://siaga.invalid/answer/abc';
const notice = {
  ...{ notice_id: 'n', revision: 1, category: 'hate', language: 'id', due_at: '2026-11-01T00:00:00.000Z' },
  ...{ explanation: HOSTILE_POSTS[0]!.text, legal_basis: [HOSTILE_POSTS[1]!.text], good_faith: 'Dengan iktikad baik.' },
  ...{ model: { name: 'siaga-text', version: '1', score: 0.97 }, notifier: { name: 'Posko', email: 'a@b.invalid' } },
  urls: HOSTILE_POSTS.map(({ url }) => url),
} as unknown as Notice;

describe('a notice by mail about hostile posts', () => {
  const { html, text, subject } = letterOf(notice, LINK);

  it('has no markup of theirs, and leads to no script', () => {
    expect(/<(script|img|svg)/i.exec(html)).toBeNull();
    const followed = [...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href ?? '');
    expect(followed.length).toBeGreaterThan(HOSTILE_POSTS.length);
    expect(followed.filter((href) => !/^https?:\/\/[^<>'\s]*$/.test(href))).toEqual([]);
    expect(subject).not.toMatch(/[\r\n]/);
  });

  it('names the true host of a look-alike, with a mark', () => {
    for (const part of [html, text]) expect(part).toContain('https://xn--ypal-43d9g.invalid/masuk ⚠');
  });
});
