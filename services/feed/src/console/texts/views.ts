/** What the way from view to view says beside their names. */
const ID = {
  views: 'Bagian',
  more: 'Lainnya',
  awaited: (n: number) => `${n} menunggu Anda`,
  failing: (n: number, of: number) => `${n} dari ${of} gagal`,
  unread: (n: number, of: number) => `${n} dari ${of} tidak dibaca`,
  loadFailed: 'Bagian ini tidak dapat dimuat',
  loadFailedHint: 'Server tidak terjangkau, atau konsol telah diperbarui sejak halaman ini dibuka.',
  reload: 'Muat ulang halaman',
};

const EN: typeof ID = {
  views: 'Views',
  more: 'More',
  awaited: (n) => `${n} waiting for you`,
  failing: (n, of) => `${n} of ${of} failing`,
  unread: (n, of) => `${n} of ${of} unread`,
  loadFailed: 'This view cannot be loaded',
  loadFailedHint: 'The server is out of reach, or the console has been updated since this page was opened.',
  reload: 'Reload the page',
};

export const VIEW_WORDS = { id: ID, en: EN };
