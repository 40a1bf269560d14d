import { VOWELLESS } from './insults.js';

/**
 * Everyday chat spellings and their standard word, written down from common knowledge. Kept to function words, pronouns, negation and
 * the spellings of insults: those are where one spelling more costs the model most. The long tail is left to character n-grams.
 */
const SPELLINGS: Readonly<Record<string, string>> = {
  tidak: 'gak ga gk nggak ngga enggak engga ndak tdk g kaga kagak gag tida',
  bukan: 'bkn',
  jangan: 'jgn jngn',
  belum: 'blm blum belom blom',
  sudah: 'sdh udah udh dah uda',
  yang: 'yg yng',
  dengan: 'dgn dng',
  untuk: 'utk untk',
  karena: 'krn karna krna',
  kalau: 'klo kalo klau kl klw',
  saja: 'aja aj ajah',
  juga: 'jg jga',
  tapi: 'tp tetapi tpi',
  dari: 'dr',
  pada: 'pd',
  dalam: 'dlm',
  orang: 'org orng',
  banyak: 'bnyk byk',
  banget: 'bgt bngt bingit bgtt',
  sangat: 'sgt',
  seperti: 'sprti spt kayak kyk kek kyak',
  begitu: 'gitu gtu',
  begini: 'gini gni',
  kenapa: 'knp knpa napa ngapa',
  bagaimana: 'gimana gmn gmna bgmn',
  apa: 'ap',
  siapa: 'sp sapa',
  kamu: 'km kmu lu lo loe elu elo ente situ',
  aku: 'gue gw gua ak sy saya ane gwe',
  mereka: 'mrk mrka',
  kita: 'kt qta',
  dia: 'dy doi',
  semua: 'smua smw',
  memang: 'emang emg mmg emng',
  bisa: 'bs bsa',
  harus: 'hrs kudu',
  mau: 'mo mw',
  lagi: 'lg lgi',
  masih: 'msh msih',
  sekarang: 'skrg skrng skr',
  benar: 'bener bnr bnar',
  terus: 'trs trus',
  cuma: 'cm cuman',
  punya: 'pny pnya',
  pakai: 'pake pk',
  lihat: 'liat lht',
  bilang: 'blg',
  negara: 'ngr ngra',
  pemerintah: 'pmrintah pemrintah',
  presiden: 'presidn',
  indonesia: 'indo indonesa endonesa',
  babi: 'bbi',
  bego: 'bgo',
  anjing: 'anjg anjng ajg anjink anying njing',
  goblok: 'gblk gblok goblog guoblok',
  bodoh: 'bdoh',
  tolol: 'tolo tlol',
  bangsat: 'bangsad bgst bngst',
  kontol: 'kntl kontl',
  memek: 'mmk memk',
  brengsek: 'berengsek brngsk',

  cina: 'china chinese',
  cebong: 'cebonk kecebong',
  kampret: 'kamprett',
};

const TABLE = new Map<string, string>();
for (const [word, spellings] of Object.entries(SPELLINGS))
  for (const spelling of spellings.split(' ')) TABLE.set(spelling, word);

for (const [consonants, word] of VOWELLESS) if (!TABLE.has(consonants)) TABLE.set(consonants, word);

/** The standard word for a chat spelling, or the word itself. Never maps to something that is itself mapped. */
export const standardSpelling = (word: string): string => TABLE.get(word) ?? word;

/** Every mapped pair, for the test that the table is closed. */
export const slangPairs = (): readonly (readonly [string, string])[] => [...TABLE];
