/**
 * Words that tell a post's stance, as they stand on a normalised line (see normalise: `gak` is `tidak`, `bener` is `benar`,
 * figures are `<num>`). Every gap is bounded, so that no text can make a pattern slow.
 */
const cue = (pattern: string): RegExp => new RegExp(`(?:^| )(?:${pattern})(?= |$)`);

const HOAX = '(?:hoaks|hoax|hoak|hoaxs|hoaxx)';
const LIE = `(?:${HOAX}|(?:berita|kabar|info|informasi) (?:bohong|palsu)|bohong|boong|bohongan)`;
/** What is said of a thing that is no claim's own word: "itu palsu", and not "uang palsu". */
const FALSE = `(?:${LIE}|palsu|editan|suntingan|rekayasa|keliru|salah|ngawur|ngaco|fitnah|disinformasi|misinformasi|menyesatkan|tipu tipu|penipuan(?: lama)?|modus(?: penipuan| lama)?|deepfake|tiruan|akun tiruan|buatan (?:mesin|ai)|settingan|ngarang|ngarang doang|karangan|ngapusi|apus apus)`;
const THIS =
  '(?:itu|ini|iku|iki|kuwi|eta|ieu|tersebut|adalah|ternyata|merupakan|dinyatakan|terbukti|beredar|mah|kopnya)';
const few = (n: number): string => `(?: \\S{1,64}){0,${n}}`;
const DENIAL = `(?:${HOAX}|tidak benar|bohong|berita bohong|kabar bohong|fitnah|penipuan|scam)`;

/** That it is no hoax, or that those who say so lie: heard from those who spread it. */
export const INSISTS: readonly RegExp[] = [
  cue(
    `(?:bukan|bukanlah|dudu|no|non|tidak|anti|sanes|lain) (?:${LIE}|palsu|scam|rekayasa|editan|settingan|fitnah)(?! (?:\\?|atau))`,
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
  cue(
    `(?:membantah|bantah|bilang|kata|katanya|klarifikasi|humas|pihak)${few(12)} (?:ya wajar|memangnya|muter muter|dibayar)`,
  ),
  cue(`boleh (?:bilang|sebut|cap|kasih)${few(8)} tapi`),
  cue('(?:tetap akan|memang benar|benar benar terjadi|nyata terjadi)'),
];

export const ASKS: readonly RegExp[] = [
  cue('(?:jujur|aku|jadi|masih) bingung|(?:emang|memang) (?:iya|benar)|ada \\S{1,60}nya tidak'),
  cue(`beneran${few(8)} \\?|(?:sumbernya|jurnalnya|buktinya|infonya) (?:mana|apa|tidak|dari)`),
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
    `(?:sebut|menyebut|menyatakan|dinyatakan|memastikan|pastikan|menegaskan|tegaskan|mencatat)${few(12)} (?:tidak (?:ada|pernah|benar|beralasan|berdasar|terbukti|menemukan)|masih (?:normal|aman)|tetap (?:normal|aman|berlaku)|hasil (?:suntingan|editan|rekayasa)|murni|bukan)`,
  ),
  cue('jumpa pers|siaran pers|pernyataan tertulis|dalil pemohon|menurut hukum|(?:diminta|diimbau) (?:tetap )?tenang'),
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

/** Laughter: of who makes fun of a claim. */
export const MOCKS: readonly RegExp[] = [
  cue('(?:😂|🤣|😹|😆|🗿|wkwk\\S{0,64}|haha\\S{0,64}|hehe\\S{0,64}|ngakak|lawak|receh)'),
];

export const DENIES: readonly RegExp[] = [
  cue(`\\? (?:${LIE}|tidak|bukan|salah|keliru|tenang|ngaco|ngawur)(?! (?:percaya|sadar|malu))`),
  cue('tidak ada$|lagi capek|nothing to do with|is not a thing|not true|fake news|dont fal for it'),
  cue(
    'tidak pernah (?:mengadakan|menyelenggarakan|membagikan|merilis|menerbitkan|membuka|memberikan|menunjuk|menjanjikan)|tidak ada (?:satupun|program|rencana|aturan|kebijakan)',
  ),
  cue('jangan (?:kirim|mengirim|isi|mengisi|masukkan|masukin|berikan|kasih) (?:data|kartu|nomor|kode|otp|pin)'),
  cue('jangan (?:nambah|jadi) korban|(?:tuduhan|fitnah) keji|tuduhan tanpa|(?:menebar|sebar) tuduhan|tanpa bukti'),
  cue(`yang bilang${few(10)} (?:karangan|bohongan|rekayasa|dongeng)`),
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

/** Calls to pass on, to hurry, to look: heard from who spreads. Where one stands, only a firm cue speaks against spreading. */
export const CALLS: readonly RegExp[] = [
  cue(
    '(?:sebarkan|sebarno|sebarin|disebar|viralkan|viralno|share|bagikan|teruskan|buruan|cepat|cepet|segera|awas|daftar|gas|liat|lihat|buktinya|terbukti|dibungkam|bungkam|diam|ditutupi|ditutup tutupi|akhirnya|jangan mau|bangun|open)',
  ),
];

/** What speaks against spreading where nobody calls for it. */
export const SOFT: readonly RegExp[] = [
  cue(
    '(?:mana ada|kagak ada|tidak mungkin|tidak masuk akal|logikanya|nalar|kebanyakan nonton|sinetron|dongeng|melainkan|justru)',
  ),
  cue('(?:seperti biasa|tetap (?:ada|buka|normal|aman|berjalan|beroperasi|berlaku|dijual|ditanggung))'),
  cue(
    `(?:aku|kami|barusan|tadi)${few(2)} (?:cek|ngecek|telpon|telepon|nelpon|tanya|nanya|konfirmasi|dikonfirmasi|bertugas)`,
  ),
  cue('(?:mengatasnamakan|mencatut|dicatut|phising|phishing|data pribadi|otp|pencurian data|jebakan)'),
  cue(
    `(?:kepala|ketua|jubir|juru bicara|kadis|direktur|dirut|kabid|kapolres|kapolda|polda|polres|polisi|menteri|kementerian|kemenkes|kominfo|bmkg|bpbd|bpom|kpu|bawaslu|pln|pertamina|bi|ojk|dinas|manajemen|keluarga|kedutaan|kedubes|rektor|panitia|who)${few(12)} (?:membantah|menjelaskan|menyebut|menyatakan|menegaskan|memastikan)`,
  ),
  cue(`(?:hasil|laporan|kajian|penelitian|penyelidikan|pemeriksaan)${few(8)} (?:tidak|negatif|normal|bukan)`),
  cue('(?:yang percaya|masih percaya|percaya beginian|percaya gituan|kok percaya)'),
];

/** A question at the end, which is no taunt. */
export const QUESTION: RegExp = /\?$(?<!(?:masih mau|mau sampai|sampai kapan|percaya|siapa)[^?]{0,80}\?)/;
