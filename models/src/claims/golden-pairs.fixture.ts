import { normalisedTokens } from '@siaga/text';
import { createClaimIndex } from './claim-index.js';
import type { ClaimMatcher } from './load-claim-matcher.js';

const WORDS =
  'gubernur bendungan jebol warga mengungsi pasar ditutup wabah vaksin mandul gratis motor listrik guru honorer pabrik racun sungai mercusuar nelayan lumbung kereta terbakar bandara rekening dibekukan yang di dan akan tidak sudah'.split(
    ' ',
  );

/** What the index finds for made-up posts among made-up claims: ids, and features to five digits. Words repeat, change their endings, and have numbers beside them. */
export function foundPairs({ words, gate }: ClaimMatcher): string[] {
  let state = 7;
  const draw = (most: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % most;
  };
  const sentence = (length: number): string =>
    Array.from({ length }, () => {
      const word = WORDS[draw(WORDS.length)] as string;
      const kind = draw(9);
      if (kind === 0) return `${word}nya`;
      return kind === 1 ? `${word.slice(0, -1)}z ${draw(50)}` : word;
    }).join(' ');
  const index = createClaimIndex(words, gate);
  const claims = Array.from({ length: 60 }, () => sentence(4 + draw(8)));
  claims.forEach((claim, i) => index.add(`c${i}`, claim));
  for (let i = 0; i < claims.length; i += 7) index.remove(`c${i}`);
  return Array.from({ length: 40 }, (_, i) => {
    const text = `${sentence(draw(12))} ${i % 2 === 0 ? claims[i] : sentence(8)} ${sentence(draw(40))}`;
    const found = index.search({ text, tokens: normalisedTokens(text) });
    const ids = found?.claims.map(({ claimId }) => claimId) ?? [];
    return `${ids.join()}: ${[...(found?.features ?? [])].map((feature) => feature.toFixed(5)).join(' ')}`;
  });
}
