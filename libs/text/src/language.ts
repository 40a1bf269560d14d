/** BCP 47, as far as it is told apart: Latin-script languages by their function words, others by their script. */
export type Language = 'id' | 'en' | 'es' | 'pt' | 'fr' | 'de' | 'tr' | 'tl' | 'other-script' | 'unknown';

/** Fewer words say too little. */
const LEAST_WORDS = 6;
/** Of all words of a text that are a language's function words, in running prose of it: 0.35 to 0.5. */
const LEAST_SHARE = 0.35;
const LEAST_HITS = 3;
const LAST_LATIN = 0x24f;

/**
 * Words that are frequent in one language and none in another of the list: `para`, `di`, `do`, `me`, `as` and the like are left out.
 * `id` counts Malay, Javanese and Sundanese as well: posts mix them, and a model of Indonesian posts reads them.
 */
const FUNCTION_WORDS = {
  id:
    'yang dan dari ini itu tidak ada untuk dengan saya kamu aku dia kita kami mereka akan sudah belum bisa juga karena kalau tapi atau pada ' +
    'dalam orang apa siapa kenapa bagaimana gimana banget aja saja sih dong deh kok lah nih tuh gue gua lu lo elo mau lagi jangan harus buat ' +
    'sama seperti semua lebih sangat oleh jadi masih hanya saat bukan ya iya anak bapak ibu pak bu bang mas mbak ora iki iku kowe wong sing ' +
    'ning karo opo piye teu henteu urang anjeun abdi naon kumaha anu tak awak',
  en:
    'the and of to is you that it for are was with this have not your they what we all but if just like from will would about there their ' +
    'been were has had who when how why because she his her him our them then than which could should',
  es: 'que el los las una por con pero como esta muy ser son todo cuando porque donde desde hasta hay sus',
  pt: 'nao uma voce com mas isso muito pelo pela dos das nos sao tambem quando porque ele ela seu sua',
  fr: 'les des est pas une je vous nous dans pour qui sur avec ce mais sont cette elle ils plus comme tout',
  de: 'der die und ist nicht ein ich sie das mit auf den von zu wir auch eine dem wie bei oder wenn',
  tr: 'bir ve bu icin degil cok daha ben sen ama gibi kadar olan sonra her ile',
  tl: 'ang ng mga siya hindi ako ito kayo lang naman ikaw niya kasi yung pero ay',
} as const satisfies Partial<Record<Language, string>>;

const LANGUAGES_OF = new Map<string, Language[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of words.split(' ')) {
    LANGUAGES_OF.set(word, [...(LANGUAGES_OF.get(word) ?? []), language as Language]);
  }
}

/**
 * What language a text is in, from its normalised tokens. Sure or silent: a single Indonesian function word makes it `id`, so that mixed posts
 * stay; a short or unclear text is `unknown`.
 */
export function guessLanguage(tokens: readonly string[]): Language {
  let words = 0;
  let otherScript = 0;
  const hits = new Map<Language, number>();
  for (const token of tokens) {
    const first = token.charCodeAt(0);
    const isLatin = first >= 97 && first <= 122;
    if (!isLatin && !(first > LAST_LATIN && /^\p{L}/u.test(token))) continue;
    words++;
    if (!isLatin) {
      otherScript++;
      continue;
    }
    const languages = LANGUAGES_OF.get(token);
    if (languages === undefined) continue;
    if (languages[0] === 'id') return 'id';
    for (const language of languages) hits.set(language, (hits.get(language) ?? 0) + 1);
  }
  if (otherScript >= LEAST_HITS && otherScript * 2 > words) return 'other-script';
  if (words < LEAST_WORDS) return 'unknown';
  let best: Language = 'unknown';
  let most = Math.max(LEAST_HITS, LEAST_SHARE * words) - 1e-9;
  for (const [language, count] of hits) {
    if (count > most) [best, most] = [language, count];
  }
  return best;
}
