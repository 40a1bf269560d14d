/** The words of signing in, and of one's own account. */
const ID = {
  signIn: 'Masuk',
  signOut: 'Keluar',
  readsOnly: 'Hanya baca',
  mayNot: 'Peran Anda tidak membolehkan ini.',
  signInTitle: 'Masuk ke Siaga',
  byLink: 'Minta tautan sekali pakai dari pengelola armada. Ia membuatnya dengan:',
  refused: 'Tautan itu sudah dipakai atau kedaluwarsa. Minta yang baru.',
  unreachable: 'Server sedang tidak terjangkau. Muat ulang halaman ini untuk mencoba tautan itu lagi.',
  back: 'Kembali membaca',
  roles: {
    viewer: 'pembaca',
    analyst: 'analis',
    lead: 'ketua',
    platform: 'platform',
    admin: 'pengelola',
  } as Readonly<Record<string, string>>,
};

const EN: typeof ID = {
  signIn: 'Sign in',
  signOut: 'Sign out',
  readsOnly: 'Read only',
  mayNot: 'Your role does not allow this.',
  signInTitle: 'Sign in to Siaga',
  byLink: 'Ask whoever runs the fleet for a one-time link. They make it with:',
  refused: 'That link has been used or has expired. Ask for a new one.',
  unreachable: 'The server is out of reach. Reload this page to try the link again.',
  back: 'Back to reading',
  roles: { viewer: 'viewer', analyst: 'analyst', lead: 'lead', platform: 'platform', admin: 'admin' },
};

export const ACCOUNT = { id: ID, en: EN };
