/** What its values are in. */
export type Unit = 'seconds' | 'count' | 'per-second' | 'bytes-per-second' | 'ratio' | 'index';

export const BOARDS = ['overview', 'ingest', 'classify', 'notices', 'models'] as const;
export type Board = (typeof BOARDS)[number];

/** A question about the fleet, drawn by the console and by Grafana. */
export interface Panel {
  readonly id: string;
  readonly title: { readonly id: string; readonly en: string };
  readonly unit: Unit;
  /** PromQL; it reads nothing that docs/metrics.md or the rules do not have. */
  readonly query: string;
  /** The labels that tell its lines apart. */
  readonly by: readonly string[];
  /** Drawn by the console too, for those without Grafana. */
  readonly inConsole?: true;
}

const quantiles = (metric: string, window = '5m'): string =>
  ['0.5', '0.95', '0.99']
    .map(
      (q) =>
        `label_replace(histogram_quantile(${q}, sum by (le) (rate(${metric}_bucket[${window}]))), "quantile", "${q}", "", "")`,
    )
    .join(' or ');

/** Every panel, by the dashboard that it stands on. The only place where they are defined. */
export const PANELS: Readonly<Record<Board, readonly Panel[]>> = {
  overview: [
    {
      ...{ id: 'freshness', unit: 'seconds', by: ['stage'], inConsole: true },
      title: { id: 'Seberapa segar 95 dari 100?', en: 'How fresh are 95 in 100?' },
      query: 'siaga:freshness_seconds:p95',
    },
    {
      ...{ id: 'late', unit: 'ratio', by: ['stage'], inConsole: true },
      title: { id: 'Berapa yang terlambat (1 jam)?', en: 'How many are late (1 hour)?' },
      query: 'siaga:freshness_errors:ratio_rate1h',
    },
    {
      ...{ id: 'posts', unit: 'per-second', by: [], inConsole: true },
      title: { id: 'Berapa kiriman tiap detik?', en: 'How many posts a second?' },
      query: 'siaga:posts:rate5m',
    },
    {
      ...{ id: 'lag-seconds', unit: 'seconds', by: ['group'], inConsole: true },
      title: { id: 'Berapa lama yang tertua menunggu?', en: 'How long has the oldest waited?' },
      query: 'siaga:lag_seconds:max',
    },
    {
      ...{ id: 'lag-messages', unit: 'count', by: ['group'], inConsole: true },
      title: { id: 'Berapa pesan menunggu?', en: 'How many messages wait?' },
      query: 'siaga:lag_messages:sum',
    },
    {
      ...{ id: 'dead-letters', unit: 'count', by: ['topic', 'reason'], inConsole: true },
      title: { id: 'Apa yang tidak terbaca (1 jam)?', en: 'What could not be read (1 hour)?' },
      query: 'sum by (topic, reason) (increase(siaga_stream_dead_letters_total[1h]))',
    },
    {
      ...{ id: 'checks', unit: 'count', by: ['job', 'check'], inConsole: true },
      title: { id: 'Apa yang dapat dipakai (1 ya, 0 tidak)?', en: 'What is usable (1 yes, 0 no)?' },
      query: 'min by (job, check) (siaga_service_check_ok)',
    },
    {
      ...{ id: 'disk', unit: 'ratio', by: ['folder'], inConsole: true },
      title: { id: 'Berapa sisa ruang disk?', en: 'How much disk is left?' },
      query: 'min by (folder) (siaga_disk_free_bytes / siaga_disk_size_bytes)',
    },
    {
      ...{ id: 'canary', unit: 'seconds', by: ['quantile'], inConsole: true },
      title: { id: 'Berapa lama jalan kiriman uji?', en: 'How long does a test post take?' },
      query: quantiles('siaga_notify_canary_seconds', '10m'),
    },
    {
      ...{ id: 'database-connections', unit: 'ratio', by: [] },
      title: { id: 'Berapa koneksi PostgreSQL terpakai?', en: 'How many connections of PostgreSQL are taken?' },
      query: 'max(siaga_database_connections) / max(siaga_database_connections_max)',
    },
    {
      ...{ id: 'brokers', unit: 'count', by: [] },
      title: { id: 'Berapa broker menjawab?', en: 'How many brokers answer?' },
      query: 'max(siaga_stream_brokers)',
    },
    {
      ...{ id: 'memory', unit: 'count', by: ['job'] },
      title: { id: 'Berapa memori tiap layanan (byte)?', en: 'How much memory has each service (bytes)?' },
      query: 'sum by (job) (process_resident_memory_bytes)',
    },
    {
      ...{ id: 'requests-p95', unit: 'seconds', by: [] },
      title: { id: 'Seberapa cepat umpan menjawab?', en: 'How fast does the feed answer?' },
      query: 'histogram_quantile(0.95, sum by (le) (rate(siaga_feed_request_seconds_bucket[5m])))',
    },
  ],
  ingest: [
    {
      ...{ id: 'events', unit: 'per-second', by: ['outcome'] },
      title: { id: 'Apa yang dibawa sumber?', en: 'What do sources bring?' },
      query: 'sum by (outcome) (rate(siaga_ingest_events_total[5m]))',
    },
    {
      ...{ id: 'events-by-source', unit: 'per-second', by: ['source'] },
      title: { id: 'Berapa dari tiap sumber?', en: 'How much from each source?' },
      query: 'sum by (source) (rate(siaga_ingest_events_total[5m]))',
    },
    {
      ...{ id: 'silence', unit: 'seconds', by: ['source'], inConsole: true },
      title: { id: 'Sudah berapa lama sumber diam?', en: 'For how long has a source been silent?' },
      query: 'time() - max by (source) (siaga_ingest_last_event_timestamp_seconds)',
    },
    {
      ...{ id: 'source-lag', unit: 'seconds', by: ['source'] },
      title: { id: 'Seberapa tertinggal sumber?', en: 'How far is a source behind?' },
      query: 'max by (source) (siaga_ingest_source_lag_seconds)',
    },
    {
      ...{ id: 'source-failures', unit: 'count', by: ['source'] },
      title: { id: 'Berapa kali sumber gagal (1 jam)?', en: 'How often did a source fail (1 hour)?' },
      query: 'sum by (source) (increase(siaga_ingest_source_failures_total[1h]))',
    },
    {
      ...{ id: 'received', unit: 'bytes-per-second', by: ['source'] },
      title: { id: 'Berapa byte tiap detik?', en: 'How many bytes a second?' },
      query: 'sum by (source) (rate(siaga_ingest_received_bytes_total[5m]))',
    },
  ],
  classify: [
    {
      ...{ id: 'verdict-freshness', unit: 'seconds', by: ['quantile'] },
      title: { id: 'Dari kiriman terlihat sampai putusan', en: 'From a post seen to its verdict' },
      query: quantiles('siaga_classify_freshness_seconds'),
    },
    {
      ...{ id: 'stages', unit: 'seconds', by: ['stage'] },
      title: { id: 'Berapa lama tiap tahap (p95)?', en: 'How long does each stage take (p95)?' },
      query: 'histogram_quantile(0.95, sum by (le, stage) (rate(siaga_classify_stage_seconds_bucket[5m])))',
    },
    {
      ...{ id: 'outcomes', unit: 'per-second', by: ['outcome'] },
      title: { id: 'Apa jadinya kiriman?', en: 'What becomes of posts?' },
      query: 'sum by (outcome) (rate(siaga_classify_posts_total[5m]))',
    },
    {
      ...{ id: 'drops', unit: 'per-second', by: ['reason'] },
      title: { id: 'Mengapa tanpa skor?', en: 'Why without scores?' },
      query: 'sum by (reason) (rate(siaga_classify_drops_total[5m]))',
    },
    {
      ...{ id: 'flags', unit: 'count', by: ['category'], inConsole: true },
      title: { id: 'Berapa tanda (1 jam)?', en: 'How many flags (1 hour)?' },
      query: 'sum by (category) (increase(siaga_classify_flags_total[1h]))',
    },
    {
      ...{ id: 'retries', unit: 'per-second', by: ['topic'] },
      title: { id: 'Berapa yang diulang?', en: 'How much is tried again?' },
      query: 'sum by (topic) (rate(siaga_stream_retries_total[5m]))',
    },
  ],
  notices: [
    {
      ...{ id: 'open-notices', unit: 'count', by: ['due'], inConsole: true },
      title: { id: 'Berapa laporan menurut tenggatnya?', en: 'How many notices, by their deadline?' },
      query: 'sum by (due) (max by (platform, due) (siaga_notify_open_notices))',
    },
    {
      ...{ id: 'delivery-wait', unit: 'seconds', by: ['platform'], inConsole: true },
      title: { id: 'Berapa lama laporan menunggu dikirim?', en: 'How long do notices wait to be sent?' },
      query: 'max by (platform) (siaga_notify_delivery_wait_seconds)',
    },
    {
      ...{ id: 'deliveries', unit: 'count', by: ['state'] },
      title: { id: 'Pengiriman menurut keadaan', en: 'Deliveries by state' },
      query: 'max by (state) (siaga_notify_deliveries)',
    },
    {
      ...{ id: 'attempts', unit: 'per-second', by: ['platform', 'result'] },
      title: { id: 'Apa jadinya percobaan kirim?', en: 'What becomes of attempts to deliver?' },
      query: 'sum by (platform, result) (rate(siaga_notify_delivery_attempts_total[5m]))',
    },
    {
      ...{ id: 'breaches', unit: 'count', by: ['platform', 'event'] },
      title: { id: 'Pengingat dan tenggat lewat (1 jam)', en: 'Reminders and breaches (1 hour)' },
      query: 'sum by (platform, event) (increase(siaga_notify_deadline_events_total[1h]))',
    },
    {
      ...{ id: 'answers', unit: 'count', by: ['state'] },
      title: { id: 'Jawaban platform (1 jam)', en: 'Answers of platforms (1 hour)' },
      query: 'sum by (state) (increase(siaga_notify_answers_total[1h]))',
    },
    {
      ...{ id: 'wrong', unit: 'ratio', by: ['platform'], inConsole: true },
      title: { id: 'Berapa laporan keliru menurut platform?', en: 'How many notices do platforms find wrong?' },
      query: 'max by (platform) (siaga_notify_wrong_ratio)',
    },
    {
      ...{ id: 'removal', unit: 'seconds', by: ['platform'] },
      title: { id: 'Berapa lama sampai hilang (median)?', en: 'How long until posts are gone (median)?' },
      query: 'max by (platform) (siaga_notify_removal_median_seconds)',
    },
  ],
  models: [
    {
      ...{ id: 'drift', unit: 'index', by: ['model', 'what'], inConsole: true },
      title: { id: 'Apakah kiriman bergeser dari model?', en: 'Do posts move away from the model?' },
      query: 'max by (model, what) (siaga_classify_drift_psi)',
    },
    {
      ...{ id: 'backends', unit: 'count', by: ['version', 'role', 'backend'], inConsole: true },
      title: { id: 'Model mana yang bekerja, dan di atas apa?', en: 'Which model serves, and on what?' },
      query: 'count by (version, role, backend) (siaga_classify_model_info == 1)',
    },
    {
      ...{ id: 'scores', unit: 'ratio', by: ['category'] },
      title: { id: 'Skor di tengah', en: 'Median scores' },
      query: 'histogram_quantile(0.5, sum by (le, category) (rate(siaga_classify_score_ratio_bucket[30m])))',
    },
    {
      ...{ id: 'unknown-words', unit: 'ratio', by: [] },
      title: { id: 'Bagian kata yang asing', en: 'Share of unknown words' },
      query:
        'sum(rate(siaga_classify_unknown_words_ratio_sum[30m])) / sum(rate(siaga_classify_unknown_words_ratio_count[30m]))',
    },
    {
      ...{ id: 'shadow', unit: 'per-second', by: ['category', 'shadow'] },
      title: { id: 'Di mana model bayangan berbeda?', en: 'Where does the shadow model differ?' },
      query: 'sum by (category, shadow) (rate(siaga_classify_shadow_disagreements_total[30m]))',
    },
    {
      ...{ id: 'tensors', unit: 'count', by: ['instance'] },
      title: { id: 'Tensor yang dipegang', en: 'Tensors held' },
      query: 'siaga_classify_tensors',
    },
  ],
};

export const consolePanels = (): readonly Panel[] =>
  BOARDS.flatMap((board) => PANELS[board].filter(({ inConsole }) => inConsole));
