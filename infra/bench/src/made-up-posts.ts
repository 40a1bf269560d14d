import { postCodec, type Post } from '@siaga/contracts';

/** Everyday words; posts of them cost what real ones do, and mean nothing. */
const WORDS =
  'yang dan di ke dari ini itu tidak akan sudah saya kamu kita mereka orang pagi malam hari besok kemarin rumah sekolah pasar jalan hujan panas makan minum kopi nasi harga naik turun pemerintah warga kota desa anak ibu bapak guru teman cerita kabar berita foto lagi banget gak nggak udah yg dgn bgt wkwk mantap lucu sedih senang kerja uang bank listrik air motor mobil macet bola timnas gol menang kalah jelek bodoh pintar cantik mahal murah bagus rusak baru lama'.split(
    ' ',
  );
const EXTRAS = ['😂', '🙏', '#kabar', '@akun_x', 'http://contoh.invalid/a', '!!!', 'anak2', 'g4k', 'baaanget', '2026'];

/** Mulberry32: small, seeded, good enough to draw words. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * @param length of each text in characters, give or take a word
 * @returns the same texts for the same seed
 */
export function madeUpTexts(count: number, length: number, seed = 1): string[] {
  const random = randomOf(seed);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] as string;
  return Array.from({ length: count }, () => {
    let text = pick(WORDS);
    while (text.length < length) text += ` ${random() < 0.08 ? pick(EXTRAS) : pick(WORDS)}`;
    return text;
  });
}

/** Bytes of everything but the text, in an encoded post of this bench. */
const ENVELOPE_BYTES = 230;

/** A post as bytes on Kafka, of about `messageBytes`. */
export function encodedPosts(count: number, messageBytes: number, from: number): { key: string; value: Buffer }[] {
  const texts = madeUpTexts(count, Math.max(20, messageBytes - ENVELOPE_BYTES), from + 1);
  return texts.map((text, i) => {
    const at = new Date().toISOString();
    const post: Post = {
      schemaVersion: 1,
      id: `bench:${from + i}`,
      platform: 'bench',
      text,
      createdAt: at,
      seenAt: at,
      source: 'bench',
      visibility: 'public',
    };
    return { key: post.id, value: postCodec.encode(post) };
  });
}
