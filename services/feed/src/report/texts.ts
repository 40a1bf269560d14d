import type { Category } from '@siaga/contracts';
import type { Outcome } from '@siaga/storage';

/** The words of the transparency report. */
const ID = {
  locale: 'id-ID',
  title: 'Laporan transparansi',
  subtitle: 'Apa yang dilaporkan Siaga kepada platform, dan apa jadinya',
  madeAt: (at: string) => `Dibuat ${at}`,
  incomplete: 'Bulan ini belum berakhir: angkanya masih berubah.',
  empty: 'Tidak ada laporan ke platform pada bulan ini.',
  emptyHint: 'Armada mungkin belum berjalan, atau tidak ada yang melewati ambang.',
  platform: 'Platform',
  category: 'Kategori',
  others: 'Platform lain',
  all: 'Semua',
  none: '–',
  notices: 'Laporan',
  late: 'Lewat tenggat',
  figures: { notices: 'laporan', actioned: 'ditindak', late: 'lewat tenggat', delivery: 'sampai (median)' },
  categories: { hoax: 'Hoaks', hate: 'Kebencian', bullying: 'Perundungan' } as Readonly<Record<Category, string>>,
  outcomes: {
    actioned: 'Ditindak',
    rejected: 'Ditolak',
    disputed: 'Disanggah',
    'in-progress': 'Diproses',
    unanswered: 'Belum dijawab',
    undelivered: 'Belum sampai',
  } as Readonly<Record<Outcome, string>>,
  byOutcome: {
    title: 'Laporan menurut platform, kategori, dan hasil',
    note: (n: number) =>
      `Laporan yang dibuka pada bulan ini, menurut keadaannya sekarang. Platform dengan kurang dari ${n} laporan digabung, karena nama server kecil dapat menunjuk orang.`,
  },
  times: {
    title: 'Waktu',
    note: (n: number) =>
      `Median / persentil ke-90, dalam kurung jumlahnya. Hanya yang sudah selesai dihitung; di bawah ${n} tidak ditampilkan. Hapusnya sebuah kiriman baru diketahui ketika dilihat lagi.`,
    delivery: 'Sampai ke platform',
    answer: 'Jawaban pertama',
    removal: 'Kiriman hilang',
    watched: 'Kiriman dipantau',
  },
  appeals: {
    title: 'Penolakan dan sanggahan',
    note: 'Sanggahan: platform, atau pengguna melaluinya, menyatakan laporan keliru. Satu laporan dihitung sekali.',
    made: 'Pernah disanggah',
    thenActioned: '… lalu ditindak',
    thenRejected: '… lalu ditolak',
  },
  precision: {
    title: 'Ketepatan menurut platform',
    note: 'Bagian yang benar dengan selang 95%. Penilaian orang mencakup tanda yang mereka pilih, bukan contoh acak.',
    platformJudged: 'Dinilai platform',
    platformFound: 'Ditindak',
    peopleJudged: 'Dinilai orang',
    peopleFound: 'Dibenarkan',
  },
  recall: {
    title: 'Berapa yang tertangkap',
    note: (judged: number, audited: number) =>
      `Perkiraan dari ${judged} di antara ${audited} kiriman di bawah semua ambang yang dipilih acak dan dinilai orang; selang 95%.`,
    alerts: 'Tanda',
    judged: 'Dinilai',
    precision: 'Ketepatan',
    found: 'Ditemukan audit',
    missed: 'Perkiraan luput',
    recall: 'Tertangkap',
  },
  models: { title: 'Model yang menandai', note: 'Tanda menurut versi model.', model: 'Model', version: 'Versi' },
  dsa: {
    title: 'Kategori Digital Services Act',
    note: 'Untuk pernyataan alasan platform sendiri (pasal 17), dalam istilah DSA Transparency Database.',
    statement: 'Kategori pernyataan',
    keyword: 'Kata kunci',
  },
  noPersonalData: 'Laporan ini tidak memuat teks, penulis, alamat kiriman, atau nama penilai.',
  units: { day: 'hr', hour: 'jam', minute: 'mnt', second: 'dtk' },
};

const EN: typeof ID = {
  locale: 'en-GB',
  title: 'Transparency report',
  subtitle: 'What Siaga reported to platforms, and what came of it',
  madeAt: (at) => `Made ${at}`,
  incomplete: 'This month is not over: its figures still change.',
  empty: 'No notice went to a platform in this month.',
  emptyHint: 'The fleet may not have run, or nothing passed a threshold.',
  platform: 'Platform',
  category: 'Category',
  others: 'Other platforms',
  all: 'All',
  none: '–',
  notices: 'Notices',
  late: 'Past deadline',
  figures: { notices: 'notices', actioned: 'actioned', late: 'past deadline', delivery: 'to delivery (median)' },
  categories: { hoax: 'Hoax', hate: 'Hate', bullying: 'Bullying' },
  outcomes: {
    actioned: 'Actioned',
    rejected: 'Rejected',
    disputed: 'Disputed',
    'in-progress': 'In progress',
    unanswered: 'Unanswered',
    undelivered: 'Undelivered',
  },
  byOutcome: {
    title: 'Notices by platform, category and outcome',
    note: (n) =>
      `Notices opened in this month, by where they stand now. Platforms with fewer than ${n} notices stand together, for the name of a small server may point to a person.`,
  },
  times: {
    title: 'Times',
    note: (n) =>
      `Median / 90th percentile, with their number in brackets. Only what is over counts; below ${n} nothing is shown. That a post is gone is known when it is looked up again.`,
    delivery: 'To delivery',
    answer: 'To the first answer',
    removal: 'To removal of a post',
    watched: 'Posts watched',
  },
  appeals: {
    title: 'Rejections and appeals',
    note: 'An appeal: the platform, or a user through it, says that the notice is mistaken. A notice counts once.',
    made: 'Ever disputed',
    thenActioned: '… then actioned',
    thenRejected: '… then rejected',
  },
  precision: {
    title: 'Precision by platform',
    note: 'The share that was right, with its 95% interval. People judge the alerts that they choose, which are no random sample.',
    platformJudged: 'Judged by the platform',
    platformFound: 'Actioned',
    peopleJudged: 'Judged by people',
    peopleFound: 'Confirmed',
  },
  recall: {
    title: 'How much was caught',
    note: (judged, audited) =>
      `Estimated from ${judged} of ${audited} posts below every threshold that were picked at random and judged by people; 95% intervals.`,
    alerts: 'Alerts',
    judged: 'Judged',
    precision: 'Precision',
    found: 'Found by the audit',
    missed: 'Missed, estimated',
    recall: 'Caught',
  },
  models: {
    title: 'Models that raised alerts',
    note: 'Alerts by version of the model.',
    model: 'Model',
    version: 'Version',
  },
  dsa: {
    title: 'Categories of the Digital Services Act',
    note: "For a platform's own statements of reasons (article 17), in the words of the DSA Transparency Database.",
    statement: 'Statement category',
    keyword: 'Keyword',
  },
  noPersonalData: 'This report holds no text, author or address of a post, and no name of a reviewer.',
  units: { day: 'd', hour: 'h', minute: 'min', second: 's' },
};

export const REPORT_TEXTS = { id: ID, en: EN } as const;
export type ReportLanguage = keyof typeof REPORT_TEXTS;
export type ReportTexts = typeof ID;
