/** The words of the sources' view. */
const ID = {
  title: 'Sumber',
  list: 'Sumber, yang bermasalah di atas',
  worker: 'Pekerja',
  posts: 'Kiriman',
  lastEvent: 'Peristiwa terakhir',
  lag: 'Tertinggal',
  lastError: 'Kegagalan terakhir',
  none: 'belum ada',
  empty: 'Belum ada sumber',
  emptyHint: 'Tulis sebuah sumber ke dalam daftar, periksa, lalu jalankan armada dengan daftar itu:',
  states: {
    failing: 'Gagal',
    unread: 'Tidak dibaca',
    starting: 'Mulai',
    running: 'Berjalan',
    paused: 'Dijeda',
    ended: 'Selesai',
  } as Readonly<Record<string, string>>,
};

const EN: typeof ID = {
  title: 'Sources',
  list: 'Sources, those in trouble first',
  worker: 'Worker',
  posts: 'Posts',
  lastEvent: 'Last event',
  lag: 'Behind',
  lastError: 'Latest failure',
  none: 'none yet',
  empty: 'No sources yet',
  emptyHint: 'Write a source into a registry, check it, and start the fleet with that registry:',
  states: {
    failing: 'Failing',
    unread: 'Unread',
    starting: 'Starting',
    running: 'Running',
    paused: 'Paused',
    ended: 'Ended',
  },
};

export const SOURCES = { id: ID, en: EN };
