import { describe, expect, it } from '@jest/globals';
import { isDebunked } from './claim-rating.js';

describe('a verdict', () => {
  it.each([
    'SALAH',
    'Hoaks',
    'Konten yang Menyesatkan',
    'Sebagian Benar',
    'tidak benar',
    'Pants on Fire',
    'mostly false',
    '[KELIRU]',
    '1',
  ])('"%s" speaks against its claim', (verdict) => expect(isDebunked(verdict)).toBe(true));
  it.each(['Benar', 'true', 'Fakta', 'Satire', 'belum diketahui', 'salahuddin', '12', ''])('"%s" does not', (verdict) =>
    expect(isDebunked(verdict)).toBe(false),
  );
});
