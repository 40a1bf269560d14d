import type { Category } from '@siaga/contracts';
import type { SubLabel } from '../../src/heads.js';
import { alternatives } from './fillers.js';

export interface Family {
  readonly labels: Readonly<Partial<Record<Category | SubLabel, 0 | 1>>>;
  readonly patterns: readonly string[];
}

const HARMLESS = { hate: 0, bullying: 0, abusive: 0 } as const;

/**
 * Sentence patterns with slots in braces. `{group}` is a religion, race, gender or disability; the expansion adds the target's
 * sub-label. Attacks on groups stand beside the harmless uses of the same words: neutral and positive mentions, negation,
 * counter-speech, reports. The patterns share no sentence with models/checks, which tests what is learned from them.
 */
export const FAMILIES: Readonly<Record<string, Family>> = {
  expel: {
    labels: { hate: 1, group: 1, strong: 1 },
    patterns: alternatives(
      '{group} harus diusir dari {place} | usir {group} dari {place} | usir semua {group} | ' +
        'jangan kasih {group} tinggal di {place} | {group} tidak pantas hidup di {place} | ' +
        '{group} pulang saja ke asalnya | larang {group} masuk {place} | ' +
        'tidak ada tempat buat {group} di {place} | kita harus bersihkan {place} dari {group} | ' +
        'jangan terima {group} kerja di {place} | tolak {group} di {place} | boikot semua toko {group} | ' +
        'jangan pilih {group} jadi pemimpin | enyahlah kalian {group} dari {place}',
    ),
  },
  threaten: {
    labels: { hate: 1, group: 1, strong: 1, abusive: 0 },
    patterns: alternatives(
      '{group} layak {violence} | semua {group} harus {violence} | {act} semua {group} | ' +
        'ayo {act} {group} di {place} | kalau ketemu {group} langsung {act} saja | {act} rumah {group} | ' +
        'tunggu saja {group} bakal {violence} | darah {group} halal | satu satu {group} akan kita {act} | ' +
        'malam ini kita {act} {group} | {group} mending mati saja | siapkan parang buat {group}',
    ),
  },
  dehumanise: {
    labels: { hate: 1, group: 1, abusive: 1, moderate: 1 },
    patterns: alternatives(
      '{group} itu {animal} | {group} tidak beda sama {animal} | {group} kayak {animal} | ' +
        'dasar {group} {animal} | semua {group} itu {animal} | {group} cuma {animal} berkaki dua | ' +
        '{group} bukan manusia | {animal} masih lebih mulia daripada {group} | ' +
        '{group} berkembang biak seperti {animal} | kelakuan {group} persis {animal} | {group} {animal} semua',
    ),
  },
  derogate: {
    labels: { hate: 1, group: 1, moderate: 1 },
    patterns: alternatives(
      '{group} itu {vice} | semua {group} {vice} | {group} memang {vice} | dasar {group} {vice} | ' +
        'gue benci {group} | muak banget lihat {group} | {group} {vice} semua | jijik sama {group} | ' +
        'dari dulu {group} terkenal {vice} | namanya juga {group}, pasti {vice} | {group} kerjanya cuma {crime} | ' +
        '{group} bisanya cuma {crime} | di mana ada {group} di situ ada masalah | ' +
        'jangan percaya {group}, mereka {vice} | {group} itu otaknya kosong | ' +
        'kalau sudah {group} ya pasti {crime} | sudah sifatnya {group} suka {crime} | ' +
        '{group} cuma jadi beban negara | derajat {group} lebih rendah dari kita | mana ada {group} yang jujur | ' +
        '{group} tidak akan pernah bisa maju | gara gara {group} {place} jadi rusak',
    ),
  },
  mention: {
    labels: HARMLESS,
    patterns: alternatives(
      '{group} merayakan {event} di {place} | banyak {group} tinggal di {place} | ' +
        'teman saya {group}, orangnya {good} | {group} juga berhak atas pendidikan yang layak | ' +
        'ada {group} buka warung di depan rumah | hari ini {group} ikut {event} | ' +
        'saya belajar sejarah {group} di sekolah | {group} membantu korban banjir di {place} | ' +
        'kami {group} bangga jadi warga indonesia | tetangga saya {group}, baik sekali | ' +
        'film itu bercerita tentang {group} | jumlah {group} di {place} bertambah menurut data sensus | ' +
        'selamat {event} untuk semua {group} | {group} itu {good} | semua {group} pantas dihormati | ' +
        'saya kagum sama {group} | {group} dan warga lain kerja bakti bersama | ' +
        'besok ada pelatihan gratis untuk {group} | istri saya dari keluarga {group} | ' +
        'makanan khas {group} enak sekali',
    ),
  },
  negate: {
    labels: HARMLESS,
    patterns: alternatives(
      '{group} bukan {animal} | {group} tidak {vice} | tidak benar kalau {group} {vice} | ' +
        'jangan bilang {group} {vice} | jangan usir {group} dari {place} | jangan benci {group} | ' +
        'tidak semua {group} {vice} | siapa bilang {group} {vice}, itu salah | ' +
        'saya tidak setuju {group} diusir dari {place} | {group} tidak boleh {violence} | ' +
        'tidak ada alasan membenci {group} | mana mungkin saya benci {group}',
    ),
  },
  counter: {
    labels: HARMLESS,
    patterns: alternatives(
      'menyebut {group} {animal} itu keterlaluan | stop bilang {group} {vice} | ' +
        'siapa pun yang menghina {group} harus minta maaf | berhenti menyebar kebencian kepada {group} | ' +
        'orang yang teriak usir {group} itu lupa sejarah | kalimat {group} itu {animal} adalah ujaran kebencian | ' +
        'malu dong masih menyebut {group} {vice} | saya laporkan akun yang menulis {group} harus {violence} | ' +
        'kenapa masih ada yang bilang {group} {vice} | ucapan dia soal {group} {vice} sangat menyakitkan | ' +
        'lawan kebencian terhadap {group} | rasis itu namanya kalau bilang {group} {vice}',
    ),
  },
  report: {
    labels: HARMLESS,
    patterns: alternatives(
      'polisi menangkap pelaku ujaran kebencian terhadap {group} | ' +
        'pria itu divonis karena menyebut {group} {animal} | ' +
        'penelitian ini membahas diskriminasi terhadap {group} | sidang kasus penghinaan {group} digelar kamis | ' +
        'buku itu menjelaskan mengapa {group} pernah diusir dari {place} | ' +
        'komnas ham mencatat kekerasan terhadap {group} | diskusi kampus tentang stereotip {group} {vice} | ' +
        'korban dari {group} sudah melapor ke polisi',
    ),
  },
  criticise: {
    labels: { ...HARMLESS, hoax: 0 },
    patterns: alternatives(
      '{official} {failure} | kecewa sama {official} yang {failure} | kenapa {official} {failure} | ' +
        'menurut saya {official} {failure} | {official} {failure}, rakyat yang menanggung | ' +
        'saya tidak setuju dengan kebijakan {official} | tolong {official} jangan {failure} | ' +
        'wajar rakyat marah, {official} {failure} | {official} kok {failure} terus | ' +
        'hebat ya {official}, {failure} | lucu sekali {official} {failure}',
    ),
  },
  insult: {
    labels: { bullying: 1 },
    patterns: alternatives(
      '{person} {insult} banget | dasar {insult} {person} | {person} emang {insult} | ' +
        '{person} kok {insult} sih | muka {person} {insult} | {insult} banget jadi orang | ih {person} {insult} | ' +
        'liat tuh {person} {insult} | {person} itu {insult} dari lahir | ' +
        'pantes gak ada yang suka, {person} {insult} | otak {person} di mana sih, {insult} | ' +
        'ngaca dong {person}, {insult} | {person} {insult}, {person} {insult} | ' +
        'orang {insult} kayak {person} mending diem',
    ),
  },
  body: {
    labels: { bullying: 1 },
    patterns: alternatives(
      '{person} {body} | ih {person} {body} | {person} makin {body} aja | liat deh {person} {body} haha | ' +
        'gak malu apa {person} {body} | pantes jomblo, {body} | udah {body}, sok cantik lagi | ' +
        'foto {person} {body} banget',
    ),
  },
  exclude: {
    labels: { bullying: 1 },
    patterns: alternatives(
      'jangan temenan sama {person} | keluarin {person} dari grup | gak ada yang mau duduk sama {person} | ' +
        '{person} gak usah diajak | semua orang benci {person} | gak ada yang sayang sama {person} | ' +
        'jauhin {person}, bikin sial | mending {person} pindah sekolah | kita kerjain {person} besok | ' +
        'sebarin foto aib {person} | {person} gak pantas ada di sini | hidup {person} gak ada gunanya | ' +
        'mending {person} mati aja | dunia lebih baik tanpa {person}',
    ),
  },
  menace: {
    labels: { bullying: 1 },
    patterns: alternatives(
      'awas {person} besok gue hajar | tunggu {person} di gerbang, habis nanti | gue patahin kaki {person} | ' +
        'gue tau rumah {person}, siap siap aja | pulang sekolah {person} gue abisin | ' +
        'jangan macem macem atau gue pukul {person} | sekali lagi {person} ngomong gue tampar | ' +
        'bakal gue bikin {person} nyesel | gue sebar chat {person} kalau gak nurut',
    ),
  },
  friendly: {
    labels: { hate: 0, bullying: 0 },
    patterns: alternatives(
      'gue emang {insult} banget hari ini | maaf ya aku {insult} | haha {name} lucu banget, kangen deh | ' +
        'ya ampun aku {insult} lupa bawa dompet | {name} gak {insult} kok | kamu tidak {insult}, jangan sedih | ' +
        '{name} bukan orang yang {insult} | jangan ejek {name} dengan kata {insult} | ' +
        'aku dibully di sekolah, dipanggil {insult} | mereka bilang aku {insult}, sakit rasanya | ' +
        'anakku dikatai {body} oleh temannya | berhenti mengatai orang {insult} | ' +
        'cantik banget {name}, semangat terus | selamat ya {name}, kamu hebat | keren banget {name} | ' +
        'gila enak banget masakan {name} | jangan dengerin yang bilang kamu {insult} | ' +
        'semangat {name}, kamu pasti bisa | tim kita kalah lagi, {insult} banget mainnya | ' +
        'jahatnya sambal ini, nagih',
    ),
  },
  swearing: {
    labels: { hate: 0, bullying: 0, abusive: 1 },
    patterns: alternatives(
      '{swear} {thing} bikin emosi | {swear}, {thing} error lagi | {swear} panas banget | ' +
        '{thing} {swear} banget | {swear} lupa bawa kunci | {swear} kaget gue | ' +
        'aduh {swear} sakit banget kepala gue | {swear} keren banget konsernya',
    ),
  },
  forward: {
    labels: { hoax: 1 },
    patterns: alternatives(
      'SEBARKAN!!! {claim} | awas! {claim}, sebarkan ke semua grup | ' +
        'info dari {source}: {claim}. viralkan sebelum dihapus | ternyata {claim}, media diam saja | ' +
        'jangan dianggap remeh, {claim}, tolong teruskan ke keluarga | terbukti! {claim} | ' +
        'pemerintah menutupi fakta bahwa {claim} | mohon bantu share, {claim} | ' +
        'hati hati! {claim}. info ini valid dari {source} | {claim}!! sudah banyak korbannya, sebarkan | ' +
        'bukan hoaks, {claim}, kata {source} | GAWAT! {claim}. kirim ke 10 grup',
    ),
  },
  checked: {
    labels: { ...HARMLESS, hoax: 0 },
    patterns: alternatives(
      'tidak benar bahwa {claim} | hoaks: {claim} | cek fakta: kabar {claim} adalah hoaks | ' +
        'jangan percaya pesan berantai yang bilang {claim} | apakah benar {claim}? mohon infonya | ' +
        'kabar bahwa {claim} sudah dibantah | polisi menangkap penyebar kabar bohong {claim} | ' +
        'beredar kabar {claim}, faktanya tidak | bmkg mengimbau warga pesisir waspada gelombang tinggi | ' +
        'pln menjadwalkan pemeliharaan jaringan sabtu pagi | ' +
        'dinas kesehatan membuka vaksinasi gratis di puskesmas | kpu menetapkan jadwal pemungutan suara | ' +
        'harga beras naik menurut data bps | jalan ditutup sementara karena perbaikan jembatan | ' +
        'tolong cek dulu sebelum menyebarkan kabar {claim}',
    ),
  },
};
