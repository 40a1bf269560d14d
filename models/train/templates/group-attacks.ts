import { alternatives } from './fillers.js';
import type { Family } from './patterns.js';

const attack = (labels: Family['labels'], patterns: string): Family => ({
  labels: { hate: 1, group: 1, ...labels },
  patterns: alternatives(patterns),
});

/** Attacks on groups, by what is said: most hold no swear word, which is why the tweets' annotators cannot teach them. */
export const GROUP_ATTACKS: Readonly<Record<string, Family>> = {
  banish: attack(
    { strong: 1 },
    'depak {group} keluar dari {place} | angkat kaki dari {place}, wahai {group} | {group} silakan minggat dari {place} | ' +
      'sudah waktunya {place} bebas dari {group} | {place} bukan tempat untuk {group} | ' +
      'kirim balik {group} ke tempat asalnya | pulangkan saja {group}, jangan ditampung | ' +
      'kami tidak sudi bertetangga dengan {group} | kenapa {group} masih dibiarkan tinggal di {place} | ' +
      'ayo gerakkan warga, usir {group} sekarang juga | {group} keluar, {place} milik kita | ' +
      'seret keluar {group} dari {place} | singkirkan {group} dari {place} sebelum terlambat | ' +
      '{place} akan tenteram kalau {group} pergi | pagar {place} supaya {group} tidak bisa masuk | ' +
      'tendang {group} dari {place} | mending {group} dibuang ke pulau kosong | deportasi semua {group} | ' +
      'hengkang kalian, {group} | jangan beri {group} tanah sejengkal pun | bersihkan {place}, mulai dari {group} | ' +
      'mau {place} aman, usir dulu {group} | {group} harus angkat koper dari {place} | ' +
      'kosongkan rumah rumah {group} | {group} sebaiknya diasingkan jauh jauh',
  ),
  bar: attack(
    { moderate: 1 },
    '{group} dilarang melamar kerja di {place} | lowongan ini bukan untuk {group} | kos ini tidak menerima {group} | ' +
      'jangan sewakan rumah ke {group} | jangan belanja di warung {group} | haram memilih pemimpin {group} | ' +
      '{group} tidak boleh jadi guru | {group} tidak pantas jadi dokter | jangan menikah dengan {group} | ' +
      'anak saya tidak boleh berteman dengan {group} | cabut hak pilih {group} | ' +
      'larang {group} beribadah di {place} | tolak pembangunan rumah ibadah {group} | ' +
      'mulai besok {group} tidak dilayani di sini | pisahkan kursi {group} dari kita | ' +
      '{group} tidak usah sekolah tinggi | pecat semua pegawai {group} | coret {group} dari daftar bantuan | ' +
      'jangan kasih {group} naik jabatan | tempat {group} cuma di dapur | {group} tidak layak punya hak yang sama | ' +
      'jangan duduk dekat {group} | jangan salaman sama {group} | kantor kami tidak mau merekrut {group} | ' +
      'buat apa memberi beasiswa ke {group} | tutup semua usaha {group} | stop kasih panggung buat {group} | ' +
      'jangan ajak {group} rapat, tidak ada gunanya | masak iya kita dipimpin {group}, tolak',
  ),
  incite: attack(
    { strong: 1, abusive: 0 },
    'bakar tempat ibadah {group} | siapkan bensin untuk rumah {group} | bawa golok, kita datangi {group} | ' +
      '{group} pantasnya masuk liang kubur | satu peluru untuk satu {group} | jangan sisakan {group} hidup hidup | ' +
      'habisi sampai ke akar akarnya itu {group} | kalau perlu kita perang lawan {group} | ' +
      'ketemu {group} di jalan, pukul saja dulu | lempari {group} pakai batu | gebuki {group} sampai kapok | ' +
      '{group} harus merasakan sakit | tunggu tanggal mainnya, {group} rata dengan tanah | ' +
      'kepala {group} akan menggelinding | akan kami buru {group} satu per satu | ' +
      'potong lidah {group} | tabrak saja kalau {group} lewat | {group} siap siap jadi mayat | ' +
      'kita sembelih {group} kalau berani datang | racuni sumur {group} | rumah {group} tinggal tunggu api | ' +
      'halal hukumnya menumpahkan darah {group} | jangan tidur nyenyak kalian {group}, kami datang | ' +
      'andai boleh, sudah kutembak {group} | semoga {group} cepat punah | semoga {group} kena azab dan mati | ' +
      'lebih baik {group} lenyap dari bumi | {group} cuma paham bahasa pentungan | rajam {group} di alun alun',
  ),
  vermin: attack(
    { moderate: 1 },
    '{group} itu ibarat {animal} | {group} setara {animal} | anggap saja {group} {animal} | ' +
      '{group} tak ubahnya {animal} yang menyebar | wujudnya manusia, isinya {animal}, itulah {group} | ' +
      'basmi {group} seperti membasmi {animal} | {group} beranak terus kayak {animal} | ' +
      'di mata saya {group} cuma {animal} | {group} adalah {animal} bagi bangsa | ' +
      'apa bedanya {group} dengan {animal} | {animal} saja lebih bersih dari {group} | ' +
      'kasihan {animal} kalau disamakan dengan {group} | {group} itu separuh manusia | ' +
      '{group} tidak punya jiwa | {group} makhluk gagal | jangan sebut {group} manusia | ' +
      '{group} hidup menempel kayak {animal} | {group} merayap di mana mana seperti {animal} | ' +
      'semprot saja {group} pakai racun | {group} lebih cocok tinggal di kandang | ' +
      '{group} harusnya dirantai di kebun binatang | {group} menggerogoti negeri seperti {animal} | ' +
      'isi tempat sampah itu ya {group} | {group} cuma seonggok daging | jijik, {group} kayak {animal} di got',
  ),
  inferior: attack(
    { moderate: 1 },
    '{group} memang ras rendahan | {group} diciptakan untuk jadi babu | {group} tidak setara dengan kita | ' +
      'kecerdasan {group} di bawah rata rata | {group} kasta paling bawah | {group} jangan mimpi sederajat dengan kita | ' +
      '{group} tidak akan sanggup memimpin | {group} itu lemah dan bodoh dari sananya | ' +
      'otak {group} memang tidak sampai | {group} produk gagal | {group} cacat moral sejak lahir | ' +
      'sudah kodratnya {group} jadi budak | {group} aib bagi bangsa | {group} bikin malu {place} | ' +
      'darah {group} itu kotor | {group} tidak beradab | nenek moyang {group} pun memalukan | ' +
      '{group} tidak pantas dihormati | {group} cuma warga kelas dua | nilai {group} tidak sampai seujung kuku kita | ' +
      '{group} jelek semua | {group} hitam hatinya | {group} itu kesalahan alam | ' +
      'percuma sekolah, {group} tetap bodoh | mana bisa {group} berpikir | {group} bisanya cuma menghamili dan minta makan',
  ),
  accuse: attack(
    {},
    'semua {group} suka {crime} | sudah rahasia umum {group} hobi {crime} | {group} pasti {crime} kalau ada kesempatan | ' +
      'di mana mana {group} {crime} | jangan heran {group} {crime}, sudah darahnya | {group} dari kecil diajari {crime} | ' +
      'titip barang ke {group} ya pasti hilang | {group} kalau bukan {crime} ya {crime} | ' +
      'fakta, {group} itu {vice} semua | tidak ada {group} yang bisa dipercaya | belum pernah ketemu {group} yang baik | ' +
      '{group} itu semuanya {vice} dan {vice} | sembilan dari sepuluh {group} {vice} | ' +
      'pelakunya pasti {group}, siapa lagi | ada maling, cari saja di rumah {group} | ' +
      '{group} kaya karena {crime} | {group} miskin karena {vice} | hati hati sama {group}, semuanya {vice} | ' +
      'tiap ada {group} pasti ada ribut | ciri khas {group} ya {vice} | memang tabiat {group} {vice} | ' +
      '{group} kalau kumpul kerjanya {crime} | {group} mana tahu malu | {group} lahir cuma untuk {crime} | ' +
      '{group} di kantor pasti {vice} | tanya saja siapa pun, {group} itu {vice}',
  ),
  conspire: attack(
    { moderate: 1 },
    '{group} diam diam mau menguasai {place} | awas, {group} sedang merebut {place} dari kita | ' +
      'lama lama {place} habis dimakan {group} | {group} dalang semua kerusakan | semua bencana gara gara {group} | ' +
      '{group} pembawa sial | {group} menularkan penyakit ke anak anak kita | {group} merusak generasi muda | ' +
      '{group} mau mengganti agama kita | {group} musuh dalam selimut | {group} bahaya laten | ' +
      'kalau {group} makin banyak, hancur {place} | {group} itu racun masyarakat | {group} kanker bangsa | ' +
      '{group} sengaja beranak banyak biar menang jumlah | {group} mengincar anak kita | ' +
      '{group} penyebab azab turun di {place} | selama masih ada {group}, {place} tidak akan berkah | ' +
      '{group} kaki tangan setan | {group} perusak akidah | {group} menghisap kekayaan kita | ' +
      'lapangan kerja habis karena {group} | {group} biang kerok kerusuhan',
  ),
  contempt: attack(
    { moderate: 1 },
    'najis dekat dekat {group} | ogah amat satu meja sama {group} | mual tiap lihat {group} | eneg sama {group} | ' +
      'bau {group} tercium dari jauh | alergi gue sama {group} | sumpah benci banget sama {group} | ' +
      'ludahi saja {group} | tidak ada yang lebih menjijikkan dari {group} | {group} bikin muak | ' +
      'malas berurusan dengan {group}, {vice} semua | {group} lagi {group} lagi, dasar {vice} | ' +
      'kalian {group} memang {vice} | hai {group}, kalian {vice} | tutup mulutmu {group} {vice} | ' +
      'mampus kalian {group} | laknat {group} | terkutuklah {group} | {group} ahli neraka semua | ' +
      '{group} masuk neraka saja | kubenci {group} sampai mati | persetan dengan {group} | ' +
      'dasar {group}, tidak tahu diuntung | {group} ya begitu, {vice} | cih, {group}',
  ),
  trait: {
    labels: { hate: 1, bullying: 1, individual: 1, moderate: 1 },
    patterns: alternatives(
      'dasar lu {group} {vice} | lu kan {group}, pantes {vice} | pergi lu {group}, jangan di sini | ' +
        'ngapain {group} kayak lu sekolah di sini | muka {group} kayak lu bikin jijik | ' +
        'eh {group}, pulang sana ke asalmu | si * itu {group}, pantas {vice} | ' +
        'gue gak mau sekelompok sama lu, lu {group} | jangan dekat dekat si *, dia {group} | ' +
        'namanya juga {group}, si * pasti {vice} | mulut {group} kayak kamu tidak usah didengar | ' +
        'kamu {group} tidak pantas ikut kami | diam lu {group} {animal}',
    ),
  },
  mixed: attack(
    { moderate: 1 },
    'all {group} are {animal} | kick {group} out of {place} | {group} go home, nobody wants you here | ' +
      'i hate {group} so much | {group} are so disgusting, {vice} semua | fix {group} itu trash | ' +
      'wong iku {group}, {vice} kabeh | usiren {group} teko kene | {group} kuwi {animal} | pateni ae {group} | ' +
      '{group} mah {vice} kabeh | usir we {group} ti dieu | {group} teh {animal} | literally {group} itu {vice} banget | ' +
      'please deh {group} jangan di sini, go away | ojo percoyo karo {group}, kabeh {vice} | ' +
      'ulah percaya ka {group}, {vice} kabeh | {group} ora pantes urip ning {place}',
  ),
};
