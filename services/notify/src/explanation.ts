import type { Category } from '@siaga/contracts';

/** A claim that a fact-checker has debunked. */
interface Debunked {
  readonly text: string;
  readonly verdict: string;
  readonly url: string;
  readonly publisher: string;
}

interface Wording {
  readonly categories: Record<Category, string>;
  readonly explanation: (category: string, copies: number) => string;
  readonly debunked: (claim: Debunked) => string;
  readonly goodFaith: string;
}

const WORDINGS: Record<'id' | 'en', Wording> = {
  id: {
    categories: {
      hoax: 'dugaan hoaks',
      hate: 'ujaran kebencian terhadap suatu kelompok',
      bullying: 'perundungan terhadap seseorang',
    },
    explanation: (category, copies) =>
      copies === 1
        ? `Satu unggahan publik terdeteksi otomatis sebagai ${category}. Mohon ditinjau menurut aturan layanan Anda.`
        : `${copies} unggahan publik dengan isi yang hampir sama terdeteksi otomatis sebagai ${category}. Mohon ditinjau menurut aturan layanan Anda.`,
    debunked: ({ text, verdict, url, publisher }) =>
      `Isinya mengulang klaim yang sudah diperiksa ${publisher}: “${text}”. Hasil pemeriksaan: ${verdict} (${url}).`,
    goodFaith: 'Pelapor meyakini dengan iktikad baik bahwa informasi dan dugaan dalam laporan ini akurat dan lengkap.',
  },
  en: {
    categories: {
      hoax: 'a suspected hoax',
      hate: 'hate speech against a group of people',
      bullying: 'bullying of a person',
    },
    explanation: (category, copies) =>
      copies === 1
        ? `One public post was detected automatically as ${category}. Please review it under your terms of service.`
        : `${copies} public posts of nearly the same content were detected automatically as ${category}. Please review them under your terms of service.`,
    debunked: ({ text, verdict, url, publisher }) =>
      `It repeats a claim that ${publisher} has checked: “${text}”. Their verdict: ${verdict} (${url}).`,
    goodFaith:
      'The notifier believes in good faith that the information and allegations in this notice are accurate and complete.',
  },
};

/** Some channels have a thousand characters for all of it; the notice itself cites all claims in full. */
const CITED = 2;
const CITED_CHARACTERS = { text: 150, verdict: 40, publisher: 60 };

/** The reasons of a notice and its statement of good faith, in the platform's language. */
export function explanationOf(
  language: 'id' | 'en',
  category: Category,
  copies: number,
  claims: readonly Debunked[] = [],
) {
  const { categories, explanation, debunked, goodFaith } = WORDINGS[language];
  const cited = claims.slice(0, CITED).map(({ url, ...claim }) =>
    debunked({
      url,
      text: shortened(claim.text, CITED_CHARACTERS.text),
      verdict: shortened(claim.verdict, CITED_CHARACTERS.verdict),
      publisher: shortened(claim.publisher, CITED_CHARACTERS.publisher),
    }),
  );
  return { explanation: [explanation(categories[category], copies), ...cited].join(' '), goodFaith };
}

/** On one line, whatever the fact-checker's feed had. */
function shortened(text: string, max: number): string {
  const characters = [...text.replace(/\s+/gu, ' ').trim()];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
}
