/** The words of the report's view, beside those of the report itself. */
const ID = {
  month: 'Bulan',
  page: 'Buka halaman',
  pdf: 'PDF',
  csv: 'CSV',
  downloads: 'Unduh',
  failed: 'Laporan tidak dapat dimuat',
  missing: 'Bulan ini belum mulai',
};

const EN: typeof ID = {
  month: 'Month',
  page: 'Open as a page',
  pdf: 'PDF',
  csv: 'CSV',
  downloads: 'Downloads',
  failed: 'The report cannot be loaded',
  missing: 'This month has not begun',
};

export const REPORT_WORDS = { id: ID, en: EN };
