/**
 * Words by which rumours are passed on, by what they do, as they stand on a normalised line. Every list is short: a rumour
 * worth a look mostly does two of these things at once, and everyday talk does one at a time.
 */
const MARKS = {
  /** Asks to be passed on, or was. */
  forward:
    'sebar sebarkan sebarin disebar sebarluaskan bagikan viralkan viralin diviralkan share shared teruskan diteruskan forward broadcast copas repost grup sebelah',
  alarm:
    'awas waspada waspadalah darurat gawat breaking bahaya berbahaya segera siaga himbauan imbauan peringatan mohon jangan',
  /** Somebody is said to have said so. */
  hearsay:
    'katanya kabarnya konon infonya info kabar berita beredar terdengar bocoran bocor isu isunya dikabarkan kata kesaksian pengakuan resmi terbaru',
  /** What happened to people, or will. */
  harm: 'meninggal tewas mati diculik penculikan culik racun diracun beracun virus wabah ledakan meledak jebol gempa tsunami kebakaran terbakar kerusuhan rusuh ditangkap ditahan ditutup tutup dibekukan bangkrut kolaps disita dijarah mencuri dicuri curang kecurangan dicurangi dicoblos tercoblos vaksin chip kanker menular penyakit perampok begal tenggelam runtuh roboh hilang korban dibunuh membunuh disuntik palsu penipuan',
  secrecy:
    'rahasia dirahasiakan merahasiakan ditutupi menutupi disembunyikan menyembunyikan sengaja dihapus bungkam membungkam dibungkam terbongkar terungkap dibongkar konspirasi skenario settingan dalang',
} as const;

const KINDS = Object.keys(MARKS) as (keyof typeof MARKS)[];
const KIND_OF = new Map(KINDS.flatMap((kind, i) => MARKS[kind].split(' ').map((word) => [word, 1 << i] as const)));

/** @returns how many of these five things the words of a normalised text do */
export function rumourMarks(tokens: readonly string[]): number {
  let seen = 0;
  for (const token of tokens) seen |= KIND_OF.get(token) ?? 0;
  let kinds = 0;
  for (let bits = seen; bits !== 0; bits &= bits - 1) kinds++;
  return kinds;
}
