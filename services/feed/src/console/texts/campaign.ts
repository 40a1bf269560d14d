/** The words of a campaign's view. */
const ID = {
  title: (category: string) => `Kampanye: ${category}`,
  back: 'Antrean',
  missing: 'Kampanye ini tidak ada',
  missingHint: 'Mungkin digabungkan dengan yang lain, atau dihapus menurut masa simpan.',
  facts: 'Ringkasan',
  size: 'Salinan',
  firstSeen: 'Pertama terlihat',
  lastSeen: 'Terakhir',
  topScore: 'Skor tertinggi',
  reach: 'Di platform',
  timeline: 'Salinan per jam',
  hour: 'Jam',
  claims: 'Cek fakta yang cocok',
  notices: 'Laporan',
  noNotices: 'Belum dilaporkan ke platform mana pun.',
  copies: 'Salinan, terbaru di atas',
};

const EN: typeof ID = {
  title: (category) => `Campaign: ${category}`,
  back: 'Queue',
  missing: 'There is no such campaign',
  missingHint: 'It may have been merged into another, or deleted by retention.',
  facts: 'In short',
  size: 'Copies',
  firstSeen: 'First seen',
  lastSeen: 'Latest',
  topScore: 'Highest score',
  reach: 'On platforms',
  timeline: 'Copies by the hour',
  hour: 'Hour',
  claims: 'Matching fact-checks',
  notices: 'Notices',
  noNotices: 'Not reported to any platform yet.',
  copies: 'Copies, newest first',
};

export const CAMPAIGN = { id: ID, en: EN };
