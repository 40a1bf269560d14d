/** Alternatives of one slot or family, written with bars between them. */
export const alternatives = (text: string): readonly string[] => text.split(' | ');

/** Words that stand in for the slots of the patterns. All written for this purpose; people and tribes of one word are invented. */
export const FILLERS = {
  religion: alternatives(
    'orang kristen | umat islam | orang islam | umat katolik | umat hindu | orang hindu | umat buddha | ' +
      'orang yahudi | orang ahmadiyah | orang syiah | penghayat kepercayaan | orang konghucu | orang ateis | ' +
      'jemaat gereja itu | santri pondok itu | orang kafir | mualaf | ' +
      'kaum kafir | jemaah masjid itu | pemeluk agama * | umat * | orang tak beragama | penganut aliran * | kaum minoritas agama',
  ),
  race: alternatives(
    'orang cina | orang tionghoa | warga keturunan | orang jawa | orang batak | orang papua | orang madura | ' +
      'orang padang | orang sunda | orang bugis | orang dayak | orang arab | orang ambon | orang bali | ' +
      'pengungsi rohingya | pendatang | imigran | orang asing | suku * | orang * | kaum * | warga suku * | ' +
      'orang suku * | keturunan * | etnis * | ' +
      'bangsa * | anak anak * | orang kulit hitam | orang timur | orang pribumi | orang aceh | orang minang | orang melayu | orang india',
  ),
  gender: alternatives(
    'perempuan | wanita | cewek | laki laki | janda | waria | banci | orang gay | kaum gay | lesbian | ' +
      'kaum lgbt | transgender | ibu ibu | perempuan bercadar | perempuan yang kerja | ' +
      'kaum hawa | kaum perempuan | perempuan karier | ibu tunggal | orang homo | pria kemayu | gadis desa | kaum laki laki',
  ),
  disability: alternatives(
    'orang cacat | penyandang disabilitas | difabel | orang buta | tunanetra | orang tuli | anak autis | ' +
      'penderita kusta | odha | orang gila | orang kerdil | penderita epilepsi | orang bisu | ' +
      'orang lumpuh | penyandang autisme | orang berkursi roda | orang pincang | pasien jiwa | orang gagap | kaum difabel',
  ),
  newcomer: alternatives(
    'pengungsi | kaum pendatang | orang miskin | gelandangan | pengemis | anak jalanan | orang desa | transmigran | ' +
      'tunawisma | perantau | orang kampung | warga kolong jembatan | anak panti | buruh migran | orang pinggiran',
  ),
  place: alternatives(
    'negeri ini | indonesia | kampung kita | kota ini | sini | desa ini | tanah kita | lingkungan ini | ' +
      'kantor ini | sekolah ini | perumahan kita | ' +
      'negara kita | bumi pertiwi | pulau ini | pasar ini | kampus kita | gang kita | daerah kami | komplek ini',
  ),
  animal: alternatives(
    'anjing | babi | monyet | tikus | kecoa | hama | kutu | lintah | parasit | virus | sampah | penyakit | ' +
      'setan | binatang | belatung | benalu | kotoran | ' +
      'kuman | ulat | cacing | lalat | hewan liar | bangkai | tumor | limbah | kera | ular berbisa | barang rongsokan | keledai | jentik | jamur busuk | iblis',
  ),
  vice: alternatives(
    'bodoh | malas | kotor | bau | licik | penipu | pelit | pengkhianat | bejat | najis | hina | menjijikkan | ' +
      'primitif | barbar | sesat | tidak tahu diri | tidak berguna | tidak punya otak | maling | perusak | ' +
      'biadab | rendahan | tukang tipu | tukang ribut | pemalas | goblok | tolol | ' +
      'kasar | jorok | tamak | rakus | munafik | culas | kejam | pemabuk | penjahat | kriminal | tidak bermoral | tidak setia | cengeng | bermuka dua | tukang selingkuh | kampungan',
  ),
  crime: alternatives(
    'mencuri | menipu | merusak | bikin rusuh | makan uang orang | menjual anaknya | merebut pekerjaan kita | ' +
      'menguasai tanah kita | menyebar penyakit | jual diri | ' +
      'memeras | mabuk mabukan | korupsi | bikin onar | mencuri kendaraan | menyantet orang | merampok | berjudi | mengemis | menculik anak | mengadu domba | menggoda suami orang | mengotori kampung',
  ),
  violence: alternatives(
    'dibunuh | dibakar | dihabisi | digantung | dimusnahkan | dibantai | dipukuli | disikat habis | ditembak | ' +
      'dilenyapkan | ' +
      'diberangus | ditumpas | dipenggal | disiksa | ditenggelamkan | dihajar | dimatikan | dicambuk',
  ),
  act: alternatives(
    'bunuh | bakar | habisi | gantung | bantai | pukuli | hajar | musnahkan | ganyang | serang | ' +
      'tumpas | tembak | lenyapkan | penggal | tikam | siksa | gilas | injak injak',
  ),
  good: alternatives(
    'baik | ramah | rajin | sabar | suka menolong | setara | hebat | pekerja keras | sopan | pintar masak | ' +
      'cerdas | jujur | lucu | tulus | setia kawan | dermawan | tekun | periang',
  ),
  event: alternatives(
    'hari raya | upacara adat | panen | ibadah minggu | pengajian | pernikahan | festival budaya | ' +
      'gotong royong | lomba tujuh belasan | kerja bakti',
  ),
  insult: alternatives(
    'bodoh | goblok | tolol | idiot | jelek | norak | kampungan | gendut | lemot | pengecut | sampah | ' +
      'gak guna | lebay | caper | munafik | pecundang | menyedihkan | malu maluin | miskin | cupu | dekil | bau | ' +
      'oon | dungu | muka dua | muka tembok | tukang bohong | gak punya otak',
  ),
  body: alternatives(
    'gendut kayak gajah | kurus kayak tengkorak | item banget kulitnya | pesek | jerawatan | giginya maju | ' +
      'mukanya kayak monyet | botak | pendek kayak kurcaci | mukanya rata | bibirnya dower | perutnya buncit | ' +
      'badannya kayak drum | mukanya tua banget | jidatnya lebar | pipinya tembem kayak bakpao',
  ),
  person: alternatives(
    'lu | kamu | si * | dia | anak itu | kamu itu | lo | si anak baru | adek kelas itu | * | mbak itu | artis itu',
  ),
  name: alternatives('* | si * | kak * | bang *'),
  thing: alternatives(
    'aplikasi ini | sinyal di sini | laptop gue | macetnya jalan ini | tugas kuliah | cuaca hari ini | ' +
      'game ini | printer kantor | harga tiket | kucing tetangga',
  ),
  swear: alternatives('anjing | bangsat | anjir | sialan | kampret | brengsek | tai | asu | bajingan'),
  official: alternatives(
    'bupati | gubernur | menteri | presiden | wali kota | anggota dewan | kepala desa | pemerintah | dpr | ' +
      'kepala dinas | polisi | partai itu | pak lurah',
  ),
  failure: alternatives(
    'gagal menepati janji kampanye | lambat menangani banjir | menaikkan harga bbm | ' +
      'tidak transparan soal anggaran | diam saja saat rakyat susah | memakai mobil dinas untuk liburan | ' +
      'harus mundur | tidak paham masalah petani | menutup ruang kritik | membuat aturan yang merugikan buruh | ' +
      'terlalu sering ke luar negeri | tidak pernah turun ke lapangan | kerjanya mengecewakan',
  ),
  claim: alternatives(
    'vaksin berisi chip pelacak | air rebusan bawang menyembuhkan kanker | ' +
      'uang kertas lama tidak berlaku mulai besok | telur palsu dari plastik beredar di pasar | ' +
      'penculik anak berkeliaran memakai mobil putih | gempa besar akan terjadi malam ini | ' +
      'sim card akan diblokir massal | makan mi instan dan cokelat menyebabkan kematian | ' +
      'server pemilu diretas dari luar negeri | jutaan surat suara sudah dicoblos | bank itu akan bangkrut besok | ' +
      'minum air es merusak jantung | radiasi menara bts membunuh burung | garam dapur bisa membunuh virus | ' +
      'pemerintah menjual pulau ke asing | listrik akan dipadamkan tiga hari | ' +
      'bensin bercampur air dijual di semua pom | obat ini dilarang dokter karena terlalu manjur | ' +
      'kuota gratis lima puluh giga dibagikan | bantuan tiga juta rupiah cair lewat link ini',
  ),
  source: alternatives(
    'dokter di rumah sakit | orang dalam | teman saya di kepolisian | grup sebelah | profesor dari luar negeri | ' +
      'pak ustaz | saudara saya di bmkg | petugas bank',
  ),
  opener: alternatives(
    'jujur aja | menurut gue | maaf ya tapi | kalau dipikir pikir | fix | woi | eh | buat yang belum tahu | percaya deh | ' +
      'pokoknya | gini ya | bro | gaes | halo semua | mohon izin berpendapat | catat ini | heran gue | dari dulu juga | kata orang',
  ),
  closer: alternatives(
    'titik | paham | wkwk | haha | deh | banget | ya kan | setuju | gitu aja | mikir dong | terima kasih | tolong disimak | ' +
      'kawan kawan | saudara | sih | kok | !!! | sekian | jangan lupa',
  ),
} as const;

export type Slot = keyof typeof FILLERS | 'group';
