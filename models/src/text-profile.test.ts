import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ACTIVE_MODEL_DIR, loadScorer } from './load.js';
import { addLanguage, addText, emptyProfile, isProfile, MEASURES } from './text-profile.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });

test('every text falls into one bin of each measure', () => {
  const texts = fc.array(
    fc.record({
      scores: fc.record({ hoax: share, hate: share, bullying: share }),
      length: fc.nat(20_000),
      unknown: share,
    }),
  );
  fc.assert(
    fc.property(texts, (given) => {
      const profile = emptyProfile();
      for (const text of given) {
        addText(profile, text);
        addLanguage(profile, 'other');
      }
      for (const measure of MEASURES) expect(profile[measure].reduce((a, b) => a + b, 0)).toBe(given.length);
      expect(isProfile(JSON.parse(JSON.stringify(profile)))).toBe(true);
    }),
  );
});

test('bins begin with their bounds', () => {
  const profile = emptyProfile();
  addText(profile, { scores: { hoax: 0.1, hate: 0, bullying: 1 }, length: 20, unknown: 0 });
  expect(profile.score_hoax.indexOf(1)).toBe(1);
  expect(profile.score_hate.indexOf(1)).toBe(0);
  expect(profile.score_bullying.indexOf(1)).toBe(profile.score_bullying.length - 1);
  expect(profile.length.indexOf(1)).toBe(1);
  expect(profile.unknown.indexOf(1)).toBe(0);
});

test.each([undefined, null, {}, { ...emptyProfile(), length: [1] }, { ...emptyProfile(), unknown: [-1, 0, 0, 0, 0] }])(
  '%j is no profile',
  (value) => {
    expect(isProfile(value)).toBe(false);
  },
);

test('words of another language are less known to the shipped model', async () => {
  const scorer = await loadScorer(ACTIVE_MODEL_DIR);
  const mean = (texts: readonly string[]) => scorer.unknownShares(texts).reduce((a, b) => a + b, 0) / texts.length;
  const indonesian = [
    'harga beras di pasar naik lagi kata warga desa yang antre sejak pagi tadi',
    'jangan percaya berita itu karena sudah dibantah oleh pemerintah daerah',
    'anak sekolah senang sekali karena besok libur panjang bersama keluarga',
  ];
  const finnish = [
    'kävelimme eilen illalla metsässä vaikka taivas näytti synkältä ja tuulinen sää jatkui',
    'hallituksen esitys hyväksyttiin eduskunnassa pitkän keskustelun jälkeen keskiviikkona',
    'lapset odottavat kesälomaa ja mökkimatkaa järven rannalle isovanhempien luokse',
  ];
  expect(mean(finnish)).toBeGreaterThan(mean(indonesian) + 0.1);
  expect(scorer.unknownShares(['', '🙏'])).toEqual([0, 0]);
  scorer.dispose();
});
