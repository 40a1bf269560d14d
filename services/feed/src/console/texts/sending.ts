/** The words of the kill switch. */
const ID = {
  stop: 'Hentikan pengiriman',
  resume: 'Lanjutkan pengiriman',
  stopTitle: 'Hentikan semua pengiriman?',
  resumeTitle: 'Lanjutkan pengiriman?',
  stopHint: 'Tidak ada platform yang dikirimi apa pun sampai dilanjutkan. Yang menunggu tetap tersimpan.',
  resumeHint: (n: number) => `${n} kiriman ke platform yang menunggu akan berangkat.`,
  reason: 'Alasan',
  optional: 'boleh kosong',
  cancel: 'Batal',
  failed: 'Tidak tersimpan. Coba lagi.',
  stopped: 'Pengiriman dihentikan',
  stoppedBy: (name: string) => `oleh ${name}`,
  waiting: (n: number) => `${n} menunggu`,
};

const EN: typeof ID = {
  stop: 'Stop sending',
  resume: 'Resume sending',
  stopTitle: 'Stop all sending?',
  resumeTitle: 'Resume sending?',
  stopHint: 'No platform is sent anything until sending is resumed. What waits is kept.',
  resumeHint: (n) => `${n} waiting deliveries to platforms will leave.`,
  reason: 'Reason',
  optional: 'may be empty',
  cancel: 'Cancel',
  failed: 'Not recorded. Try again.',
  stopped: 'Sending is stopped',
  stoppedBy: (name) => `by ${name}`,
  waiting: (n) => `${n} waiting`,
};

export const SENDING = { id: ID, en: EN };
