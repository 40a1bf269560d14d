import type { Category } from '@siaga/contracts';

interface Wording {
  readonly categories: Record<Category, string>;
  readonly explanation: (category: string, copies: number) => string;
  readonly goodFaith: string;
}

const WORDINGS: Record<'id' | 'en', Wording> = {
  id: {
    categories: {
      hoax: 'hoaks yang sudah dibantah pemeriksa fakta',
      hate: 'ujaran kebencian terhadap suatu kelompok',
      bullying: 'perundungan terhadap seseorang',
    },
    explanation: (category, copies) =>
      copies === 1
        ? `Satu unggahan publik terdeteksi otomatis sebagai ${category}. Mohon ditinjau menurut aturan layanan Anda.`
        : `${copies} unggahan publik dengan isi yang hampir sama terdeteksi otomatis sebagai ${category}. Mohon ditinjau menurut aturan layanan Anda.`,
    goodFaith: 'Pelapor meyakini dengan iktikad baik bahwa informasi dan dugaan dalam laporan ini akurat dan lengkap.',
  },
  en: {
    categories: {
      hoax: 'a hoax that fact-checkers have debunked',
      hate: 'hate speech against a group of people',
      bullying: 'bullying of a person',
    },
    explanation: (category, copies) =>
      copies === 1
        ? `One public post was detected automatically as ${category}. Please review it under your terms of service.`
        : `${copies} public posts of nearly the same content were detected automatically as ${category}. Please review them under your terms of service.`,
    goodFaith:
      'The notifier believes in good faith that the information and allegations in this notice are accurate and complete.',
  },
};

/** The reasons of a notice and its statement of good faith, in the platform's language. */
export function explanationOf(language: 'id' | 'en', category: Category, copies: number) {
  const { categories, explanation, goodFaith } = WORDINGS[language];
  return { explanation: explanation(categories[category], copies), goodFaith };
}
