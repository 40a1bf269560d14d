/** The words of the queue. */
const ID = {
  waiting: (n: number) => `${n} baru di atas`,
  openCampaign: 'Buka kampanye ini',
  timeline: (n: number) => `Munculnya ${n} salinan per jam`,
  latest: 'terakhir',
  debunked: 'Baru dibantah',
  matches: (probability: string) => `kecocokan ${probability}`,
  moreClaims: (n: number) => `${n} lagi`,
  state: 'Keadaan',
  anyState: 'Semua keadaan',
  minScore: 'Skor minimal',
  anyScore: 'Semua skor',
  filters: {
    language: 'bahasa',
    label: 'label',
    from: 'sejak',
    to: 'sampai',
  },
  allDone: 'Antrean kosong: semua sudah diputuskan',
  allDoneHint: 'Yang baru muncul di sini dengan sendirinya. Yang sudah diputuskan ada di bawah keadaannya.',
  showAll: 'Tampilkan semua keadaan',
};

const EN: typeof ID = {
  waiting: (n) => `${n} new above`,
  openCampaign: 'Open this campaign',
  timeline: (n) => `How ${n} copies appeared, by the hour`,
  latest: 'latest',
  debunked: 'Newly debunked',
  matches: (probability) => `match ${probability}`,
  moreClaims: (n) => `${n} more`,
  state: 'State',
  anyState: 'Any state',
  minScore: 'Lowest score',
  anyScore: 'Any score',
  filters: {
    language: 'language',
    label: 'label',
    from: 'since',
    to: 'until',
  },
  allDone: 'The queue is empty: all is decided',
  allDoneHint: 'What is new appears here by itself. What has been decided is under its state.',
  showAll: 'Show any state',
};

export const QUEUE = { id: ID, en: EN };
