import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { claimReviews, reviewInTitle } from './claim-review.js';
import { reviewsOfDataFeed } from './data-feed.js';

const page = (...data: unknown[]) =>
  `<html><head>${data.map((one) => `<script type="application/ld+json">${JSON.stringify(one)}</script>`).join('\n')}</head></html>`;
const review = {
  '@context': 'https://schema.org',
  '@type': 'ClaimReview',
  claimReviewed: 'Air rebusan daun menyembuhkan <b>semua</b> penyakit',
  reviewRating: { '@type': 'Rating', ratingValue: 1, alternateName: 'Salah' },
  author: { '@type': 'Organization', name: 'Pemeriksa Uji' },
  datePublished: '2026-11-01',
};
const wanted = {
  claim: 'Air rebusan daun menyembuhkan semua penyakit',
  verdict: 'Salah',
  publisher: 'Pemeriksa Uji',
  publishedAt: '2026-11-01',
};

describe('claimReviews', () => {
  it.each<[string, unknown]>([
    ['alone', review],
    ['in a list', [{ '@type': 'WebPage' }, review]],
    ['in a graph', { '@graph': [{ '@type': 'NewsArticle' }, review] }],
    ['as one type of several', { ...review, '@type': ['Article', 'ClaimReview'] }],
  ])('finds a review %s', (_where, data) => expect(claimReviews(page(data))).toEqual([wanted]));

  it('passes over what is broken or says no verdict, and reads on', () => {
    const html = `<script type="application/ld+json">{"@type": </script>${page({ ...review, reviewRating: {} }, { ...review, claimReviewed: 7 }, review)}`;
    expect(claimReviews(html)).toEqual([wanted]);
    expect(claimReviews(page({ ...review, reviewRating: { ratingValue: 1 } }))[0]?.verdict).toBe('1');
  });

  it('never throws and never hangs, whatever the page', () => {
    const pieces = fc.constantFrom(
      '<script type="application/ld+json">',
      '</script>',
      '{',
      '}',
      '"@graph":[',
      ']',
      'null',
      '<script ',
    );
    fc.assert(fc.property(fc.array(pieces), (list) => void claimReviews(list.join(''))));
    expect(claimReviews('<script '.repeat(100_000))).toEqual([]);
    expect(claimReviews('<script type="application/ld+json">'.repeat(5_000))).toEqual([]);
  });
});

describe('reviewsOfDataFeed', () => {
  const published = (n: number) => ({ ...review, claimReviewed: `klaim ${n}`, url: `https://cek.example/${n}` });
  const bytes = (value: unknown) => Buffer.from(JSON.stringify(value));

  it('finds the reviews of a data feed in their order, with their addresses and pictures', () => {
    const pictured = {
      ...published(2),
      itemReviewed: {
        appearance: [
          { '@type': 'ImageObject', contentUrl: 'https://cek.example/2.jpg' },
          { '@type': 'VideoObject', url: 'javascript:alert(1)' },
        ],
      },
    };
    const feed = {
      '@type': 'DataFeed',
      dataFeedElement: [
        { '@type': 'DataFeedItem', item: [published(1)] },
        { '@type': 'DataFeedItem', item: pictured },
        { '@type': 'DataFeedItem', item: review },
      ],
    };
    expect(reviewsOfDataFeed(bytes(feed))).toMatchObject([
      { claim: 'klaim 1', url: 'https://cek.example/1' },
      { claim: 'klaim 2', media: [{ kind: 'image', url: 'https://cek.example/2.jpg' }] },
    ]);
  });

  it('is not for what is no JSON', () => {
    expect(reviewsOfDataFeed(Buffer.from('<rss/>'))).toBeUndefined();
    expect(reviewsOfDataFeed(Buffer.from('{"a":'))).toBeUndefined();
    expect(reviewsOfDataFeed(bytes({ items: [] }))).toEqual([]);
  });
});

describe('reviewInTitle', () => {
  it.each([
    ['[SALAH] Video banjir di Jakarta', { verdict: 'SALAH', claim: 'Video banjir di Jakarta' }],
    ['(Hoaks): Bantuan tunai lewat tautan', { verdict: 'Hoaks', claim: 'Bantuan tunai lewat tautan' }],
    ['[Konten yang Menyesatkan] - Foto lama', { verdict: 'Konten yang Menyesatkan', claim: 'Foto lama' }],
  ])('%s', (title, wantedReview) => expect(reviewInTitle(title)).toEqual(wantedReview));
  it.each(['Lowongan kerja', '[VIDEO] Suasana pasar', '[SALAH]', ''])('no verdict: %s', (title) =>
    expect(reviewInTitle(title)).toBeUndefined(),
  );
});
