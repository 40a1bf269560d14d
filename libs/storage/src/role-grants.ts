/** The services that keep state, each with a role of its own; classify keeps none. */
export const SERVICE_ROLES = ['siaga_ingest', 'siaga_notify', 'siaga_feed'] as const;
export type ServiceRole = (typeof SERVICE_ROLES)[number];

const ALL = 'select, insert, update, delete';
/** A row can only be locked by who may update something of it: then it is what names the row. */
const lockOnly = (columns: string, key: string) => `select (${columns}), update (${key}), delete`;

/**
 * What each service may do with which table, as `grant` takes it; nothing else. Nobody may change or delete evidence, and a new
 * table belongs to nobody until it has a line here.
 */
export const ROLE_GRANTS: Readonly<Record<ServiceRole, Readonly<Record<string, string>>>> = {
  siaga_ingest: {
    sources: 'select, insert, update',
    ingest_workers: ALL,
    claims: 'select, insert, update',
    outbox: 'insert',
  },
  siaga_notify: {
    flags: ALL,
    campaigns: ALL,
    campaign_bands: 'select, insert',
    // The triggers on flags count for whoever writes them.
    campaign_platforms: ALL,
    alert_counts: 'select, insert, update',
    score_counts: 'select, insert, update',
    notices: ALL,
    deliveries: ALL,
    delivery_parts: ALL,
    answers: ALL,
    answer_links: ALL,
    closed_channels: ALL,
    checked_hosts: 'select, insert, update',
    watched_posts: ALL,
    decisions: 'select, update, delete',
    evidence: 'select, insert',
    outbox: 'select, insert, delete',
    platform_precision: ALL,
    removed_posts: ALL,
    removed_authors: ALL,
    retention_classes: 'select, insert, update',
    erasures: 'select, insert, update',
    erasure_flags: ALL,
    sending_switch: 'select, insert, update',
    rumours: ALL,
    rumour_posts: ALL,
    // Of what retention removes, no more is seen than that its time is over.
    sources: lockOnly('source, updated_at, paused, lease_until', 'source'),
    sessions: lockOnly('session_id, expires_at', 'session_id'),
    api_tokens: lockOnly('token_id, expires_at, revoked_at', 'token_id'),
    subscriptions: lockOnly('subscription_id, state, sent_at, created_at', 'subscription_id'),
  },
  siaga_feed: {
    accounts: 'select, insert, update',
    identities: 'select, insert, update',
    sessions: ALL,
    started_sign_ins: ALL,
    sign_in_links: 'select, insert, delete',
    api_tokens: 'select, insert, update',
    flags: 'select, update',
    campaigns: 'select, insert, update',
    campaign_bands: 'select, insert',
    campaign_platforms: ALL,
    alert_counts: 'select',
    score_counts: 'select',
    decisions: 'select, insert, update',
    claims: 'select, insert, update',
    evidence: 'select, insert',
    outbox: 'insert',
    // People answer, decide and withdraw what has not left; only notify opens a notice.
    notices: 'select, update, delete',
    deliveries: 'select, insert, update, delete',
    delivery_parts: 'select, update, delete',
    answers: 'select, insert',
    watched_posts: 'select',
    platform_precision: 'select',
    sending_switch: 'select, insert, update',
    rumours: 'select, update',
    rumour_posts: 'select',
    saved_queries: ALL,
    subscriptions: ALL,
    sources: 'select',
  },
};

/** Flags and all that is told of them are numbered from one sequence. */
export const NUMBERING_ROLES: readonly ServiceRole[] = ['siaga_notify', 'siaga_feed'];
