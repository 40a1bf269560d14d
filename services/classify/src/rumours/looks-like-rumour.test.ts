import { describe, expect, it } from '@jest/globals';
import { normalisedTokens } from '@siaga/text';
import { looksLikeRumour } from './looks-like-rumour.js';

const read = (text: string, style = 0.2) => looksLikeRumour(normalisedTokens(text), { style, flagThreshold: 0.8 });

describe('what looks like a rumour', () => {
  it.each([
    'Awas! Di pasar Sukamaju ada permen berisi racun, tolong sebarkan ke grup keluarga',
    'katanya bendungan wadasari jebol nanti malam, aparat sengaja menutupi',
    'SEBARKAN sebelum dihapus: 40 warga meninggal setelah minum air sumur desa',
    'Benarkah petugas sensus menyebar virus di desa? Dapat broadcast dari grup sebelah',
  ])('is passed on in its way: %s', (text) => expect(read(text)).toBe(true));

  it.each([
    'selamat pagi semuanya, semoga hari ini menyenangkan ya',
    'katanya besok hujan, jadi bawa payung ya teman',
    'awas racun, sebarkan',
  ])('is not everyday talk, or a word or two: %s', (text) => expect(read(text)).toBe(false));

  it('is by its style alone from a little below the threshold of an alert', () => {
    const text = 'presiden baru sudah dipilih oleh sembilan naga kemarin sore';
    expect([0.5, 0.67, 0.69, 0.9].map((style) => read(text, style))).toEqual([false, false, true, true]);
  });
});
