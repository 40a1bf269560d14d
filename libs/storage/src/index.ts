export {
  accountList,
  findListedAccount,
  searchAccounts,
  type AccountFilters,
  type ListedAccount,
} from './account-list.js';
export {
  ROLES,
  addAccount,
  changeRole,
  disableAccount,
  findAccount,
  listAccounts,
  type Account,
  type Rank,
  type Role,
} from './accounts.js';
export * from './agreement.js';
export * from './answer-links.js';
export * from './answers.js';
export * from './api-tokens.js';
export * from './audit-counts.js';
export * from './campaign-detail.js';
export { campaignList, type CampaignFilters, type ListedCampaign } from './campaign-list.js';
export * from './campaign-moves.js';
export { listCampaigns } from './campaign-search.js';
export * from './campaigns.js';
export * from './claim-list.js';
export * from './claims.js';
export * from './chart-counts.js';
export * from './closed-channels.js';
export * from './credentials.js';
export * from './database.js';
export * from './database-url.js';
export * from './deadlines.js';
export * from './debunked-flags.js';
export * from './decision-list.js';
export * from './decisions.js';
export * from './deliveries.js';
export * from './delivery-parts.js';
export * from './delivery-states.js';
export * from './erasures.js';
export * from './escalations.js';
export * from './evidence.js';
export * from './flag-changes.js';
export { flagList, type FlagFilters, type RecordedFlag } from './flag-list.js';
export { listFlagRows, listFlags } from './flag-search.js';
export type { FlagRow } from './flags-of-seqs.js';
export * from './flag-summary.js';
export * from './flags.js';
export {
  countRows,
  type ListPage,
  type ListShape,
  type Page,
  type Position,
  type RowCount,
  type SortType,
} from './list-query.js';
export * from './health-counts.js';
export * from './identities.js';
export * from './listen.js';
export * from './migrate.js';
export * from './notice-list.js';
export * from './notice-states.js';
export * from './notices.js';
export * from './platform-notices.js';
export * from './outbox.js';
export * from './platform-precision.js';
export * from './query-changes.js';
export * from './redirected-deliveries.js';
export * from './removal-times.js';
export * from './report-notices.js';
export * from './removed-posts.js';
export * from './retention.js';
export { RETENTION, RETENTION_CLASSES, type RetentionClass } from './retention-rules.js';
export * from './reviews.js';
export { DATABASE_ROLES, grantRoles } from './roles.js';
export { ROLE_GRANTS, SERVICE_ROLES, type ServiceRole } from './role-grants.js';
export { rumourGrowth, warmRumour } from './rumour-heat.js';
export * from './rumour-list.js';
export * from './rumours.js';
export * from './saved-queries.js';
export * from './sending-switch.js';
export * from './sessions.js';
export * from './sign-in-links.js';
export * from './source-control.js';
export * from './source-leases.js';
export { searchSources, sourceList, type ListedSource, type SourceFilters } from './source-list.js';
export * from './started-sign-ins.js';
export * from './stuck-deliveries.js';
export * from './subscriptions.js';
export * from './watched-posts.js';
export * from './withdraw-escalation.js';
export * from './with-database.js';
