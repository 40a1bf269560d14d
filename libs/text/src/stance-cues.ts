/**
 * Words that tell a post's stance, as they stand on a normalised line (see normalise: `gak` is `tidak`, `bener` is `benar`,
 * figures are `<num>`). Every gap is bounded, so that no text can make a pattern slow.
 */
const cue = (pattern: string): RegExp => new RegExp(`(?:^| )(?:${pattern})(?= |$)`);

const HOAX = '(?:hoaks|hoax|hoak|hoaxs|hoaxx)';
const LIE = `(?:${HOAX}|(?:berita|kabar|info|informasi) (?:bohong|palsu)|bohong|boong|bohongan)`;
/** What is said of a thing that is no claim's own word: "itu palsu", and not "uang palsu". */
const FALSE = `(?:${LIE}|palsu|editan|suntingan|rekayasa|keliru|salah|ngawur|ngaco|fitnah|disinformasi|misinformasi|menyesatkan|tipu tipu|penipuan(?: lama)?|modus(?: penipuan| lama)?|buatan (?:mesin|ai)|settingan|ngarang|ngarang doang|karangan|ngapusi|apus apus)`;
const THIS =
  '(?:itu|ini|iku|iki|kuwi|eta|ieu|tersebut|adalah|ternyata|merupakan|dinyatakan|terbukti|beredar|mah|kopnya)';
const few = (n: number): string => `(?: \\S{1,64}){0,${n}}`;
const DENIAL = `(?:${HOAX}|tidak benar|bohong|berita bohong|kabar bohong|fitnah)`;

/** That it is no hoax, or that those who say so lie: heard from those who spread it. */
export const INSISTS: readonly RegExp[] = [
  cue(
    `(?:bukan|bukanlah|dudu|no|non|tidak|anti|sanes|lain) (?:${LIE}|rekayasa|editan|settingan|fitnah)(?! (?:\\?|atau))`,
  ),
  cue(`(?:jangan|jangan pernah)${few(1)} (?:dibilang|bilang|anggap|dianggap|sebut|disebut|cap)${few(1)} ${DENIAL}`),
  cue(`(?:siapa|kata siapa|sape)${few(1)} (?:bilang )?${HOAX}`),
  cue(
    `(?:bilang|dibilang|katanya|dicap|cap|disebut|dituduh|dikira|dianggap|alasan|selalu dibilang)${few(1)} ${DENIAL}${few(6)} (?:padahal|ternyata benar|terbukti|supaya|karena|berarti|dibayar|faktanya|sekarang|asli)`,
  ),
  cue(`(?:selalu|terus|terus terusan|malah|sengaja) (?:dibilang|dicap|disebut|dianggap)${few(1)} ${DENIAL}`),
  cue(`jangan percaya${few(1)} (?:bantahan|klarifikasi|imbauan|penjelasan|pemerintah|media|dokter)`),
  cue(`(?:membantah|bantah|dibantah|klarifikasi)${few(2)} (?:tapi|tetapi|namun)`),
  cue(`${DENIAL} (?:kalau|bahwa|jika)${few(4)} (?:aman|baik baik saja|terkendali|jujur)`),
  cue(
    `(?:cek fakta|turnbackhoax|mafindo|pengecek fakta|pemeriksa fakta)${few(3)} (?:apaan|bayaran|dibayar|tukang|bohong)`,
  ),
  cue('(?:tetap akan|memang benar|benar benar terjadi|nyata terjadi)'),
];

export const ASKS: readonly RegExp[] = [
  cue('apa(?:kah)? (?:ini |itu |memang )?(?:benar|betul|asli|hoaks|hoax)'),
  cue('benarkah|betulkah|aslikah|validkah|masa sih|masa iya|(?:benar|betul|asli|valid) kah'),
  cue(`(?:ini|itu|this)${few(2)} (?:valid|legit|beneran|asli|hoaks|hoax)(?: tidak)? \\?`),
  cue('(?:dokumennya|buktinya|sumbernya|datanya|link nya|linknya) (?:mana|dari mana)|yang (?:benar|betul) yang mana'),
  cue('(?:belum|masih belum|kurang|tidak begitu) percaya|skeptis|sangsi|curiga hoaks|meragukan'),
  cue(`(?:tenan|bener|benar|temenan) opo (?:hoaks|hoax|ora|ngapusi)`),
  cue(
    'saring sebelum (?:sharing|share)|(?:hati hati|waspada|waspadai) (?:terhadap )?(?:berita bohong|hoaks|hoax|kabar bohong)|(?:cari|cek) (?:di|ke)(?: situs)? (?:cek fakta|turnbackhoax)',
  ),
  cue(
    `(?:benar|betul|valid|${HOAX}|asli|beneran|leres) (?:tidak|teu|nggak|kah|opo|ora|bukan)(?: nih| sih| ya| ini)?(?: \\?)?$`,
  ),
  cue(`(?:benar|betul|valid|${HOAX}|asli|leres) (?:tidak (?:nih|sih|ya)|teu|opo)`),
  cue(
    `(?:benar|betul|asli|fakta|beneran|${HOAX}|ini) (?:atau|apa|opo) (?:bukan|tidak|${HOAX}|editan|palsu|fakta|ai|ngapusi|asli)`,
  ),
  cue(`ada(?:kah)? yang${few(1)} (?:tau|tahu|bisa|punya|sudah cek|mengonfirmasi)|ono sing ngerti`),
  cue(
    '(?:mohon|minta|tolong|butuh|boleh minta)(?: info| dibantu)? (?:kebenarannya|klarifikasi <user>|konfirmasi|konfirmasinya|sumbernya|pencerahan|penjelasannya)',
  ),
  cue('(?:tolong|mohon|bisa) (?:dicek|dicekin|cekin|cek)(?: dong| ya| dulu| kebenarannya|nya)'),
  cue('(?:aku|saya|kok) (?:masih )?ragu|serius nanya|cuma nanya|ini beneran|beneran di'),
];

export const REPORTS: readonly RegExp[] = [
  cue(
    `(?:penyebar|menyebarkan|menyebar|sebarkan|penyebaran|produsen|korban|termakan|menangkal|melawan|catat|mencatat|percaya|menerima)${few(2)} (?:${LIE}|fitnah|disinformasi)`,
  ),
  cue(
    '(?:membantah|menepis|membantahnya|dibantah|terbantahkan|bantah (?:kabar|isu|klaim)|meluruskan|mengklarifikasi|menampik)',
  ),
  cue(`(?:imbau|mengimbau|diimbau|minta|meminta)(?: warga| masyarakat| publik)${few(1)} (?:tidak|tak|jangan|waspada)`),
  cue(
    '(?:angkat bicara|buka suara|beri penjelasan|memberi penjelasan|menyebutnya|memastikan tidak ada|pastikan tidak ada)',
  ),
  cue(`(?:jadi|ditetapkan|sebagai) tersangka|laporkan akun`),
  cue(`(?:survei|riset|penelitian|dosen|peneliti|studi)${few(8)} ${HOAX}`),
  cue(`${HOAX} (?:bertema|terkait|seputar|soal)`),
  cue('bukan media berita|dewan pers'),
];

export const DENIES: readonly RegExp[] = [
  cue(`${THIS}(?: cuma| hanya| jelas| semua| tidak lebih dari)?(?: udah| sudah)? ${FALSE}`),
  cue(
    `^(?:halah |wah |astaga |tolong |stop )?(?:${LIE}|ngibul|fitnah|keliru|menyesatkan|disinformasi|misinformasi|ngapusi|apus apus|salah kaprah)(?= )`,
  ),
  cue('(?:tidak|ora|teu|mboten|nda|bukan) (?:benar|betul|leres)(?! benar)'),
  cue(
    `(?:klaim|kabar|isu|narasi|info|berita|pesan|rekaman|foto|video|surat|dokumen)${few(8)} (?:keliru|palsu|editan|terbantahkan|tidak berdasar|tidak terbukti|menyesatkan|diklarifikasi)`,
  ),
  cue(
    `(?:jangan|stop|berhenti|hentikan|tidak usah|ojo|ulah|setop)(?: mudah| gampang| asal| langsung| ikut| lagi)? (?:disebar|sebar|menyebar|penyebaran|forward|share|dishare|teruskan|diteruskan|diklik|klik|termakan|tertipu|ditipu|panik|gampang percaya|mudah percaya|langsung percaya|dipercoyo|percanten)`,
  ),
  cue('(?:tidak usah|jangan) percaya(?= (?:sama |pada |dengan )?(?:broadcast|pesan|info|isu|hoaks|hoax|kabar|berita))'),
  cue(`sebelum${few(1)} (?:share|sebar|ngeshare|menyebarkan|membagikan)|dibaca sampai habis|cek dulu`),
  cue(
    '(?:sudah|telah|pun) (?:bantah|dibantah|membantah|diklarifikasi|klarifikasi|jelaskan|dijelaskan|dijawab|diluruskan|ditemukan di dekat)',
  ),
  cue(`(?:${HOAX}|modus|isu|foto|video|kabar) (?:lama|basi|jadul)|${HOAX} (?:ya|banget|kok|lagi|dong|itu)`),
  cue(
    `tidak (?:pernah|akan pernah) (?:mengeluarkan|bilang|ngomong|berkata|menyatakan|meminta|minta|menjual|diculik|membuat|mengirim pesan)`,
  ),
  cue(
    'tidak ada (?:itu|cerita|cerito|satu pun penelitian|kaitannya|hubungannya|bukti|kementerian|yang namanya)|tidak onok',
  ),
  cue(`(?:katanya|yang bilang|dibilang)${few(10)} (?:padahal|ngawur|salah|keliru|coba tunjukin)`),
  cue(
    '(?:kejadian|taun|tahun|peristiwa|video rapat|foto) (?:<num>|tahun lalu|di negara lain|syuting)|foto syuting|bukan kejadian',
  ),
  cue('(?:dari |oleh )?(?:hasil )?(?:lab|otopsi|uji)(?: \\S{1,64}){0,3} (?:normal|negatif|sudah keluar)'),
  cue(
    '(?:fact check|cek fakta) \\S{1,64}|menyatakan(?: \\S{1,64}){0,2} (?:buatan ai|palsu|tidak ada|tidak asli)|segel utuh',
  ),
  cue(
    'ralat|klarifikasinya|penjelasan lengkap|tiap tahun salah|termakan isu|bukan begitu ceritanya|modus penipuan|tunjukin buktinya|pernah diculik',
  ),
  cue('bohong pisan|lewat link ngono|berbahaya jangan ditiru|itu penipuan|penipuan lama'),
];
