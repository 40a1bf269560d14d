import { createRandom } from '../train/random.js';
import { expandTemplates } from '../train/templates/expand-templates.js';

const EXTRAS = [
  'https://t.co/a1B2c3',
  '@seseorang',
  '#BeritaHariIni',
  'wkwkwk',
  '😂😂',
  '4njing',
  'anak2',
  'bangettt',
  'gpp',
  'yg',
  'sdh',
  'dgn',
  'lagi',
  'katanya',
  'memang',
  'sekarang',
];

/** Made-up posts of about 140 characters: template sentences strung together, with links, handles, emoji and chat spellings. Seeded. */
export function samplePosts(count: number): string[] {
  const random = createRandom(5);
  const sentences = expandTemplates(10, 5).map(({ text }) => text);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  return Array.from({ length: count }, () => {
    let post = pick(sentences);
    while (post.length < 125) post += random() < 0.5 ? ` ${pick(EXTRAS)}` : `. ${pick(sentences)}`;
    return post.slice(0, 150);
  });
}
