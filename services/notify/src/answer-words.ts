import type { AnswerState } from '@siaga/storage';

export type Language = 'id' | 'en';

export interface AnswerWords {
  readonly title: string;
  readonly question: string;
  readonly states: Readonly<Record<AnswerState, { readonly name: string; readonly hint: string }>>;
  readonly reason: string;
  readonly reference: string;
  readonly send: string;
  readonly once: string;
  readonly facts: Readonly<Record<'about' | 'due' | 'from' | 'notice' | 'grounds' | 'addresses', string>>;
  readonly more: (count: number) => string;
  readonly recorded: (state: string, at: string) => string;
  readonly goOn: string;
  readonly used: string;
  readonly expired: string;
  readonly write: (email: string) => string;
  readonly wrong: string;
}

export const ANSWER_WORDS: Readonly<Record<Language, AnswerWords>> = {
  id: {
    title: 'Jawab laporan',
    question: 'Jawaban Anda',
    states: {
      received: { name: 'Diterima', hint: 'laporan sudah sampai' },
      under_review: { name: 'Sedang ditinjau', hint: 'tim Anda sedang memeriksanya' },
      actioned: { name: 'Ditindak', hint: 'konten sudah dihapus, dibatasi, atau diberi tanda' },
      rejected: { name: 'Ditolak', hint: 'tidak melanggar aturan layanan Anda' },
      needs_info: { name: 'Perlu keterangan', hint: 'tenggat berhenti sampai kami menjawab' },
      disputed: { name: 'Disanggah', hint: 'laporan ini keliru' },
    },
    reason: 'Alasan (boleh kosong)',
    reference: 'Nomor perkara Anda (boleh kosong)',
    send: 'Kirim jawaban',
    once: 'Tautan ini hanya bisa dipakai sekali.',
    facts: {
      about: 'Perihal',
      due: 'Tenggat',
      from: 'Pelapor',
      notice: 'Nomor laporan',
      grounds: 'Dasar',
      addresses: 'Alamat yang dilaporkan',
    },
    more: (count) => `dan ${count} alamat lagi di dalam laporan`,
    recorded: (state, at) => `Jawaban “${state}” tercatat pada ${at}.`,
    goOn: 'Jika ada perkembangan, jawab lagi di halaman ini: alamatnya baru dan berlaku sekali. Simpan bila perlu.',
    used: 'Tautan ini sudah dipakai. Jawaban berikutnya bisa lewat halaman yang terbuka sesudahnya atau tautan pada pesan kami yang berikutnya.',
    expired: 'Tautan ini sudah kedaluwarsa.',
    write: (email) => `Ada pertanyaan? Tulis ke ${email}.`,
    wrong: 'Pilih satu jawaban. Alasan paling panjang 4.000 huruf, nomor perkara 200.',
  },
  en: {
    title: 'Answer a notice',
    question: 'Your answer',
    states: {
      received: { name: 'Received', hint: 'the notice has arrived' },
      under_review: { name: 'Under review', hint: 'your team is looking at it' },
      actioned: { name: 'Actioned', hint: 'the content was removed, restricted or labelled' },
      rejected: { name: 'Rejected', hint: 'it does not break your rules' },
      needs_info: { name: 'Information needed', hint: 'the deadline stops until we answer' },
      disputed: { name: 'Disputed', hint: 'the notice is mistaken' },
    },
    reason: 'Reason (may be empty)',
    reference: 'Your case number (may be empty)',
    send: 'Send the answer',
    once: 'This link works once.',
    facts: {
      about: 'About',
      due: 'Due',
      from: 'Notifier',
      notice: 'Notice',
      grounds: 'Grounds',
      addresses: 'Reported addresses',
    },
    more: (count) => `and ${count} more addresses in the notice`,
    recorded: (state, at) => `The answer “${state}” was recorded at ${at}.`,
    goOn: 'When there is news, answer again on this page: its address is new and works once. Keep it if you need it.',
    used: 'This link has been used. Answer again on the page that opened after it, or by the link in our next message.',
    expired: 'This link has expired.',
    write: (email) => `Any questions? Write to ${email}.`,
    wrong: 'Choose one answer. A reason has at most 4,000 characters, a case number 200.',
  },
};

export const languageOf = (language: string): Language => (language === 'en' ? 'en' : 'id');

/** A moment as a person reads it; the zone is said, for nobody knows where the reader is. */
export const timeIn = (language: Language, at: Date): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'id-ID', {
    ...{ dateStyle: 'long', timeStyle: 'long', timeZone: language === 'en' ? 'UTC' : 'Asia/Jakarta' },
  }).format(at);
