/** The words of the bank of claims. */
const ID = {
  title: 'Klaim yang sudah diperiksa',
  list: 'Klaim, yang terbaru di atas',
  search: 'Cari klaim',
  find: 'Cari',
  state: 'Keadaan',
  anyState: 'Semua keadaan',
  states: { active: 'Aktif', confirmed: 'Dikonfirmasi', disabled: 'Dimatikan' },
  actions: { confirmed: 'Konfirmasi', disabled: 'Matikan', active: 'Nyalakan' },
  publisher: 'Pemeriksa',
  published: 'Terbit',
  source: 'Cek fakta',
  origin: 'Asal',
  origins: { feed: 'Umpan', import: 'Impor', decision: 'Keputusan meja' },
  notMatched: 'Tidak dicocokkan',
  notMatchedHint: 'Putusannya tidak membantah klaim ini.',
  editedBy: 'Kata diubah oleh',
  more: 'Tampilkan yang lebih lama',
  failed: 'Tidak tersimpan',
  noMatch: 'Tidak ada klaim yang cocok',
  empty: 'Belum ada klaim',
  emptyHint:
    'Kiriman dicocokkan dengan klaim yang sudah dibantah. Impor klaim dari CSV, DataFeed, atau laman ClaimReview:',
};

const EN: typeof ID = {
  title: 'Claims that were checked',
  list: 'Claims, the latest first',
  search: 'Search claims',
  find: 'Search',
  state: 'State',
  anyState: 'Any state',
  states: { active: 'Active', confirmed: 'Confirmed', disabled: 'Disabled' },
  actions: { confirmed: 'Confirm', disabled: 'Disable', active: 'Enable' },
  publisher: 'Checked by',
  published: 'Published',
  source: 'Fact-check',
  origin: 'Came by',
  origins: { feed: 'Feed', import: 'Import', decision: "The desk's decision" },
  notMatched: 'Not matched',
  notMatchedHint: 'The verdict does not speak against this claim.',
  editedBy: 'Reworded by',
  more: 'Show older ones',
  failed: 'Not recorded',
  noMatch: 'No claim fits',
  empty: 'No claims yet',
  emptyHint:
    'Posts are matched against debunked claims. Import claims from CSV, a DataFeed or a page with ClaimReview:',
};

export const CLAIMS = { id: ID, en: EN };
