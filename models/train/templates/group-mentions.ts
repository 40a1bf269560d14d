import { alternatives } from './fillers.js';
import type { Family } from './patterns.js';

const harmless = (patterns: string): Family => ({
  labels: { hate: 0, bullying: 0, hoax: 0 },
  patterns: alternatives(patterns),
});

/** What is said of groups without attacking them, and the attacks' own words where nobody is attacked. */
export const GROUP_MENTIONS: Readonly<Record<string, Family>> = {
  daily: harmless(
    'kemarin makan siang bareng {group}, seru banget | dosen saya {group} dan mengajarnya enak | ' +
      'keluarga saya separuh {group} | saya sendiri {group} | kakek saya dulu tinggal bersama {group} | ' +
      'tetangga sebelah {group}, suka berbagi makanan | pacar gue {group}, orang tua sudah setuju | ' +
      'komunitas {group} di {place} mengadakan {event} | {group} menggelar {event} di {place} besok | ' +
      '{group} dan tetangganya saling membantu saat banjir | di {place} hidup {group} sejak ratusan tahun lalu | ' +
      'bahasa yang dipakai {group} mirip bahasa ibu saya | adat pernikahan {group} panjang sekali | ' +
      'baru tahu kalau {group} punya tradisi seindah ini | resep ini saya dapat dari {group} di {place} | ' +
      'banyak {group} jadi pahlawan kemerdekaan | atlet dari kalangan {group} meraih medali | ' +
      '{group} merayakan hari besarnya pekan ini | lagu ini diciptakan oleh {group} | ' +
      'jadwal ibadah untuk {group} ada di papan | dokter yang menolong ibu saya {group} | ' +
      'rumah ibadah {group} di {place} selesai direnovasi | saya punya banyak teman {group} | ' +
      'gue naksir anak {group} itu | sebagai {group} saya senang tinggal di {place}',
  ),
  neighbours: harmless(
    'apa makanan khas {group} | {group} biasanya menikah umur berapa | di kelas saya ada tiga {group} | ibu saya {group}, ayah bukan | ' +
      'saya {group} dan bekerja sebagai perawat | anak saya bersahabat dengan anak {group} | guru ngaji saya dekat dengan {group} | ' +
      'minggu lalu kami diundang makan oleh {group} | ada {group} yang jual soto enak di {place} | ' +
      'tukang cukur langganan saya {group} | kakak ipar saya {group}, pintar sekali | gue belajar bahasa dari {group} | ' +
      'rumah adat {group} terbuat dari kayu | tarian {group} tampil di acara itu | {group} menanam padi dua kali setahun | ' +
      'ada berapa {group} di indonesia | {group} paling banyak tinggal di mana ya | sejak kapan {group} datang ke {place} | ' +
      '{group} punya kalender sendiri | {group} berdoa sebelum makan | {group} libur hari ini | ' +
      'toko itu milik {group} | pemilik kos saya {group} dan sangat ramah | {group} ikut ronda setiap sabtu | ' +
      'bersama {group} kami membersihkan {place} | {group} menyambut tamu dengan tarian | cerita rakyat {group} dibukukan | ' +
      'para {group} antre sejak pagi untuk memilih | {group} bernyanyi di panggung {event} | tim bola {group} juara tingkat desa | ' +
      'warga menolong {group} yang rumahnya kebanjiran | banyak {group} bekerja jauh dari rumah | ' +
      'dokter menyarankan {group} rutin periksa | layanan baru untuk {group} dibuka di puskesmas | ' +
      '{group} mengajar anak anak membaca | pameran foto tentang {group} dibuka sore ini | ' +
      'aku kagum pada {group} yang kerja keras demi anaknya | salut buat {group} di {place} | terima kasih {group}, kalian {good} | ' +
      '{group} selalu {good} pada kami | tidak ada bedanya saya dan {group} | sesama {group} harus saling jaga | ' +
      'saya diajak {group} ikut {event} | dulu nenek berdagang bersama {group} | lihat, {group} juga bisa jadi juara | ' +
      'besok {group} ke {place} naik bus | {group} dan keluarganya pindah ke {place} bulan depan | ' +
      'kamus bahasa {group} terbit tahun ini | novel ini tokohnya {group} | wawancara dengan {group} tentang {event}',
  ),
  rights: harmless(
    '{group} berhak bekerja di {place} | pemerintah harus melindungi {group} | ' +
      'sediakan jalur khusus untuk {group} | sekolah ini terbuka untuk {group} | ' +
      'kami menuntut keadilan untuk {group} | beasiswa khusus {group} dibuka lagi | ' +
      'kantor kami merekrut {group} dan tidak menyesal | undang undang melindungi hak {group} | ' +
      'jangan diskriminasi {group} | hentikan kekerasan terhadap {group} | beri ruang untuk {group} di rapat | ' +
      '{group} setara dengan siapa pun | hormati {group} seperti menghormati keluarga sendiri | ' +
      'semoga {group} makin diterima di {place} | kita butuh lebih banyak pemimpin dari {group} | ' +
      'mari dampingi {group} yang menjadi korban | saya bela {group} sampai kapan pun | ' +
      'lindungi tempat ibadah {group} | bangga melihat {group} jadi dokter dan guru',
  ),
  deny: harmless(
    'bukan {group} yang salah | {group} bukan musuh kita | {group} tidak seburuk yang kalian kira | ' +
      'siapa bilang semua {group} {vice} | bohong kalau {group} suka {crime} | ' +
      'tidak pernah saya lihat {group} {crime} | {group} tidak pernah mengganggu saya | ' +
      'jangan samakan {group} dengan {animal} | tidak ada yang mau mengusir {group} | ' +
      'jangan sampai {group} diusir dari {place} | kami tidak membenci {group} | ' +
      'saya tidak takut tinggal dekat {group} | {group} bukan ancaman | {group} bukan pembawa penyakit | ' +
      'tidak semua {group} begitu, banyak yang {good} | jangan lempar kesalahan ke {group} | ' +
      '{group} manusia juga, sama seperti kita | bukan karena dia {group} lalu dia {vice} | ' +
      'mana buktinya {group} {crime} | ternyata {group} tidak {vice}, saya yang salah sangka',
  ),
  object: harmless(
    'sedih baca komentar yang bilang {group} {animal} | kok tega bilang {group} {vice} | ' +
      'yang teriak bunuh {group} harus diproses hukum | saya lapor admin, ada yang menghina {group} | ' +
      'jangan ikut ikutan mengejek {group} | poster usir {group} itu sudah kami turunkan | ' +
      'muak dengan orang yang masih rasis ke {group} | orang yang membenci {group} perlu belajar lagi | ' +
      'kamu tidak berhak menyebut {group} {animal} | tolong hapus cuitan soal {group} {vice} itu | ' +
      'memangnya kenapa kalau {group} tinggal di {place} | stop stereotip {group} suka {crime} | ' +
      'dulu saya juga percaya {group} {vice}, sekarang malu sendiri | tulisan dia yang menyuruh usir {group} itu jahat | ' +
      'saya keluar dari grup karena mereka menjelekkan {group} | ujaran {group} harus {violence} itu melanggar hukum | ' +
      'kalau kamu benci {group}, jangan bawa bawa agama | candaan tentang {group} itu tidak lucu | ' +
      'minta maaf dong sudah bilang {group} {vice}',
  ),
  news: harmless(
    'rumah {group} dibakar massa, polisi mengejar pelaku | {group} mengungsi setelah kampungnya diserang | ' +
      'pelaku penyerangan terhadap {group} divonis delapan tahun | sejarah mencatat {group} pernah dibantai penjajah | ' +
      'survei menunjukkan {group} masih sulit mencari kerja | seminar membahas ujaran kebencian terhadap {group} | ' +
      'film dokumenter tentang pengusiran {group} diputar malam ini | bupati meminta maaf kepada {group} | ' +
      'saksi mengatakan korban adalah {group} | tesis ini meneliti prasangka terhadap {group} | ' +
      'dewan adat dan {group} berdamai | jaksa menuntut terdakwa penghina {group} | ' +
      'pasal itu melarang penghinaan terhadap {group} | data sensus mencatat jumlah {group} naik | ' +
      'guru menjelaskan mengapa {group} pernah dilarang sekolah | tokoh {group} bertemu menteri membahas {event} | ' +
      'sebagian {group} ditangkap karena kasus narkoba | polisi menyelidiki perusakan rumah ibadah {group}',
  ),
  pests: harmless(
    'basmi hama wereng sebelum menyerang sawah | ada tikus masuk dapur, usir pakai apa ya | kecoa di kamar mandi banyak banget | ' +
      'anjing tetangga lucu sekali | babi hutan merusak kebun warga | obat kutu buat kucing yang bagus apa | ' +
      'virus ini menular lewat udara | monyet di taman wisata mencuri topi pengunjung | sampah menumpuk di {place} | ' +
      'cara mengusir semut dari gula | penyakit itu bisa dicegah dengan vaksin | parasit pada ikan bisa dimasak sampai mati | ' +
      'usir rasa malas dengan olahraga | lintah dipakai untuk terapi | ular masuk rumah, panggil pemadam | ' +
      'bersihkan {place} dari sampah plastik | benalu di pohon mangga harus dipotong | mesin cuci rusak terus, buang saja | ' +
      'nyamuk di {place} harus dibasmi | ayam dipotong untuk {event}',
  ),
  fight: harmless(
    'bantai terus lawannya, tim kita menang lima kosong | habisi mereka di babak kedua | bunuh bosnya dulu baru ambil item | ' +
      'ayo hajar ujian besok | gila, diskonnya bikin kalap, sikat semua | musuhnya dibakar pakai jurus api | ' +
      'bakar ikan malam ini yuk | serang dari sayap kiri dong | kita kubur mimpi juara mereka | ' +
      'mati gue, lupa ngerjain tugas | bunuh diri itu bukan jalan keluar, cari bantuan | gantung sepatu di usia tiga puluh | ' +
      'penyerang itu ditembak jatuh wasit, kartu merah | sikat gigi sebelum tidur | tendang bolanya ke kanan | ' +
      'larang anak main gawai terlalu lama | pukul rata saja, satu orang sepuluh ribu | keluarkan dia dari tim, main buruk terus',
  ),
  institution: harmless(
    'saya tidak setuju dengan fatwa soal {event} | organisasi itu harus terbuka soal dana umat | ' +
      'ketua lembaga adat itu menyalahgunakan jabatan | kementerian lambat mengurus jemaah haji | ' +
      'panitia {event} kerjanya berantakan | aturan pakaian di kantor itu aneh dan harus dicabut | ' +
      'pengurus rumah ibadah itu diduga memakai uang sumbangan | ceramahnya kemarin tidak sesuai data | ' +
      'ormas itu melanggar hukum dan harus ditindak | komisi perempuan itu lambat menangani laporan | ' +
      'kebijakan soal pendatang itu merugikan semua orang | yayasan itu wajib diaudit | ' +
      'kritik saya untuk pengurus, bukan untuk jemaahnya | menteri agama salah mengambil keputusan',
  ),
  trade: harmless(
    'suporter tim itu kampungan | pendukung partai itu bodoh semua | wasit {vice}, dibayar berapa lu | ' +
      'buzzer itu {vice} semua | koruptor itu tikus | penipu online harus dihukum berat | sopir angkot di sini ugal ugalan semua | ' +
      'fans klub itu {animal} | debt collector {vice} | influencer itu cuma cari sensasi | ' +
      'perusahaan itu parasit, gaji karyawan tidak dibayar | admin toko ini {vice} | anggota dewan tukang tidur | ' +
      'pelaku kekerasan itu binatang | pengemplang pajak harus dipenjara | calo tiket {vice} semua',
  ),
  everyday: harmless(
    'selamat pagi semua | selamat siang kak, barangnya masih ada | selamat malam, hati hati di jalan | assalamualaikum, apa kabar | ' +
      'terima kasih banyak ya atas bantuannya | halo, boleh tanya alamatnya | hari ini hujan deras sekali | ' +
      'lagi ngopi di warung depan | otw ya, macet nih | sudah makan belum | besok libur tidak | ' +
      'mau beli pulsa dua puluh lima ribu | jangan lupa minum air putih | lagunya enak banget | ' +
      'aku ngantuk banget hari ini | nonton bola jam berapa nanti | ulang tahun ibu minggu depan | ' +
      'kucingku melahirkan tiga ekor | tolong jemput adik di sekolah | rapat dimulai jam sembilan | ' +
      'selamat ulang tahun, panjang umur | aku pulang dulu ya | sampai ketemu besok | wah keren sekali fotonya | ' +
      'ada yang tahu resep sambal matah | baik kak, ditunggu ya | maaf baru balas | siap bos | oke sip | amin, makasih doanya',
  ),
};
