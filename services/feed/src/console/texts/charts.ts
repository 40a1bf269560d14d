/** The words of the charts. */
const ID = {
  title: 'Grafik',
  table: 'Sebagai tabel',
  empty: 'Belum ada yang dapat digambar.',
  failed: 'Grafik ini tidak dapat dimuat; dicoba lagi sebentar lagi.',
  category: 'Kategori',
  platform: 'Platform',
  others: 'lainnya',
  hour: 'Jam',
  none: '–',
  by: 'Menurut',
  byCategory: 'kategori',
  byPlatform: 'platform',
  alerts: { title: 'Berapa tanda tiap jam?', note: '48 jam terakhir; jam yang terakhir belum penuh.', unit: 'tanda' },
  removal: {
    title: 'Berapa lama sampai kiriman hilang?',
    note: (days: number) =>
      `Bagian kiriman yang sudah hilang sekian jam setelah laporan sampai, dari ${days} hari terakhir; yang masih dipantau ikut dihitung (Kaplan-Meier). Pita: selang 95%.`,
    after: 'Jam setelah laporan sampai',
    gone: 'Hilang',
    posts: 'Kiriman',
    median: 'Separuh hilang setelah (jam)',
  },
  precision: {
    title: 'Seberapa sering laporan benar menurut platform?',
    note: 'Dari laporan yang dinilai platform; selang 95%. Garis: batas sebelum manusia harus memutuskan semuanya.',
    judged: 'Dinilai',
    right: 'Benar',
    floor: 'Batas',
  },
  thresholds: {
    title: 'Berapa tanda sehari pada ambang lain?',
    note: (span: string) =>
      `Dari skor ${span} terakhir. Di bawah ambang sekarang hanya diketahui dari contoh audit; pita: selang 95%. Sumbu tegak logaritmis.`,
    span: { days: (n: string) => `${n} hari`, hours: (n: string) => `${n} jam`, short: 'kurang dari satu jam' },
    threshold: 'Ambang',
    perDay: 'Tanda sehari',
    now: 'sekarang',
    audited: 'Kiriman audit',
  },
  calibration: {
    title: 'Apakah skor berarti peluang?',
    note: (n: number) =>
      `Dari ${n} keputusan terakhir: bagian yang dibenarkan orang terhadap skor rata-rata; selang 95%. Garis putus-putus: skor yang tepat. Orang memilih apa yang mereka nilai, jadi ini bukan contoh acak.`,
    score: 'Skor rata-rata',
    found: 'Dibenarkan',
    judged: 'Dinilai',
  },
  agreement: {
    title: 'Apakah dua orang sepakat?',
    note: (waiting: number, disputed: number) =>
      `Orang kedua tidak melihat kata yang pertama. Kappa Cohen: 1 selalu sepakat, 0 sama dengan kebetulan; selang 95%. Menunggu orang kedua: ${waiting}; berbeda dan belum diputuskan: ${disputed}.`,
    empty: 'Belum ada yang dinilai dua orang.',
    judged: 'Dinilai berdua',
    agreed: 'Sepakat',
    kappa: 'Kappa',
  },
  drift: {
    title: 'Apakah skor bergeser?',
    note: (from: string, to: string) =>
      `Indeks kestabilan populasi tiap hari terhadap ${from} sampai ${to}. Garis putus-putus: batas kebetulan (1 dari 20 hari).`,
    short: 'Perlu paling sedikit dua hari.',
    day: 'Hari (UTC)',
    index: 'Indeks',
    chance: 'Kebetulan',
  },
};

const EN: typeof ID = {
  title: 'Charts',
  table: 'As a table',
  empty: 'There is nothing to draw yet.',
  failed: 'This chart cannot be loaded; trying again shortly.',
  category: 'Category',
  platform: 'Platform',
  others: 'others',
  hour: 'Hour',
  none: '–',
  by: 'By',
  byCategory: 'category',
  byPlatform: 'platform',
  alerts: { title: 'How many flags an hour?', note: 'The last 48 hours; the last one is not over.', unit: 'flags' },
  removal: {
    title: 'How long until posts are gone?',
    note: (days) =>
      `The share of posts that were gone so many hours after the notice arrived, of the last ${days} days; those still watched are taken into account (Kaplan-Meier). Band: 95% interval.`,
    after: 'Hours after the notice arrived',
    gone: 'Gone',
    posts: 'Posts',
    median: 'Half gone after (hours)',
  },
  precision: {
    title: 'How often do platforms find notices right?',
    note: 'Of the notices that the platform judged; 95% interval. Line: below it, a person must decide on all.',
    judged: 'Judged',
    right: 'Right',
    floor: 'Limit',
  },
  thresholds: {
    title: 'How many flags a day at another threshold?',
    note: (span) =>
      `From the scores of the last ${span}. Below the present threshold only the audit sample tells; band: 95% interval. The vertical axis is logarithmic.`,
    span: { days: (n) => `${n} days`, hours: (n) => `${n} hours`, short: 'hour or less' },
    threshold: 'Threshold',
    perDay: 'Flags a day',
    now: 'now',
    audited: 'Audited posts',
  },
  calibration: {
    title: 'Are scores probabilities?',
    note: (n) =>
      `From the latest ${n} decisions: the share that people confirmed against the mean score; 95% intervals. Dashed: a score that is right. People choose what they judge, so this is no random sample.`,
    score: 'Mean score',
    found: 'Confirmed',
    judged: 'Judged',
  },
  agreement: {
    title: 'Do two people agree?',
    note: (waiting, disputed) =>
      `The second does not see the word of the first. Cohen's kappa: 1 is always, 0 no more than by chance; 95% interval. Waiting for a second person: ${waiting}; disputed and not settled: ${disputed}.`,
    empty: 'Nothing was judged by two people yet.',
    judged: 'Judged by two',
    agreed: 'Agreed',
    kappa: 'Kappa',
  },
  drift: {
    title: 'Do scores move?',
    note: (from, to) =>
      `Population stability index of each day against ${from} to ${to}. Dashed: the limit of chance (1 day of 20).`,
    short: 'It takes at least two days.',
    day: 'Day (UTC)',
    index: 'Index',
    chance: 'Chance',
  },
};

export const CHARTS = { id: ID, en: EN };
