/** The words of signing in, and of one's own account. */
const ID = {
  signIn: 'Masuk',
  signOut: 'Keluar',
  readsOnly: 'Hanya baca',
  mayNot: 'Peran Anda tidak membolehkan ini.',
  signInTitle: 'Masuk ke Siaga',
  byLink: 'Minta tautan sekali pakai dari pengelola armada. Ia membuatnya dengan:',
  signInBy: (provider: string) => `Masuk lewat ${provider}`,
  orByLink: 'Atau minta tautan sekali pakai dari pengelola armada. Ia membuatnya dengan:',
  refused: {
    link: 'Tautan itu sudah dipakai atau kedaluwarsa. Minta yang baru.',
    unreachable: 'Server sedang tidak terjangkau. Muat ulang halaman ini untuk mencoba tautan itu lagi.',
    stale: 'Proses masuk ini sudah usang, sudah dipakai, atau dimulai di peramban lain. Mulai lagi.',
    denied: 'Anda tidak diizinkan masuk, atau Anda membatalkannya.',
    role: 'Anda dikenal, tetapi belum punya peran di posko ini. Hubungi pengelola armada.',
    disabled: 'Akun Anda dinonaktifkan. Hubungi pengelola armada.',
    provider: 'Layanan masuk sedang tidak terjangkau. Coba lagi sebentar lagi, atau minta tautan sekali pakai.',
    failed: 'Jawaban layanan masuk tidak dapat dipercaya. Mulai lagi; jika terulang, hubungi pengelola armada.',
  },
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
  signInBy: (provider) => `Sign in with ${provider}`,
  orByLink: 'Or ask whoever runs the fleet for a one-time link. They make it with:',
  refused: {
    link: 'That link has been used or has expired. Ask for a new one.',
    unreachable: 'The server is out of reach. Reload this page to try the link again.',
    stale: 'This sign-in is too old, was used, or was started in another browser. Start again.',
    denied: 'You were not allowed in, or you cancelled it.',
    role: 'You are known, but have no role at this desk yet. Ask whoever runs the fleet.',
    disabled: 'Your account is disabled. Ask whoever runs the fleet.',
    provider: 'The sign-in service is out of reach. Try again in a while, or ask for a one-time link.',
    failed:
      'The answer of the sign-in service cannot be trusted. Start again; if it goes on, ask whoever runs the fleet.',
  },
  back: 'Back to reading',
  roles: { viewer: 'viewer', analyst: 'analyst', lead: 'lead', platform: 'platform', admin: 'admin' },
};

export const ACCOUNT = { id: ID, en: EN };
