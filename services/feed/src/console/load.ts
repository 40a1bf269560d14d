import type {
  AlertSeries,
  Calibration,
  DestinationPrecision,
  Drift,
  RemovalCurves,
  ThresholdVolumes,
} from '../charts/chart-schemas.js';
import type { AnswerState } from '@siaga/storage';
import type { Permission } from '../auth/permissions.js';
import type { SessionInfo, SessionItem } from '../auth/session-routes.js';
import type { AccountItem, AccountPage, Invitation } from '../auth/account-routes.js';
import type { NewToken, TokenItem } from '../auth/token-routes.js';
import type { FlagItem } from '../flag-item.js';
import type { Ops } from '../ops/ops-schema.js';
import type { Agreement } from '../routes/agreement.js';
import type { NoticeDetail, NoticePage } from '../routes/notices.js';
import type { Report } from '../report/report-schema.js';
import type { PlatformNoticeDetail } from '../platform-notice.js';
import type { PlatformNoticePage } from '../routes/platform-notices.js';
import type { Recall } from '../routes/recall.js';
import type { CampaignAnswer } from '../routes/campaign.js';
import type { Sending } from '../routes/sending.js';
import type { SourceItem, SourcePage } from '../routes/sources.js';
import type { Summary } from '../routes/summary.js';
import type { Review } from '../review.js';
import { apiQueryOf, type Filters } from './filters.js';
import { noticeQuery, type NoticeFilters } from './notice-filters.js';
import type { Page } from './queue/queue-state.js';

const PAGE = 50;

/** @throws Error when the server does not answer, or not with a page */
export function loadFlags(filters: Filters, signal: AbortSignal, cursor?: string): Promise<Page> {
  const query = apiQueryOf(filters);
  query.set('limit', String(PAGE));
  if (cursor !== undefined) query.set('cursor', cursor);
  return load<Page>(`/v1/flags?${query}`, signal);
}

/** @returns null when there is no such campaign */
export function loadCampaign(campaignId: string, signal: AbortSignal): Promise<CampaignAnswer | null> {
  return loadOrNull<CampaignAnswer>(`/v1/campaigns/${campaignId}`, signal);
}

export function loadSummary(signal: AbortSignal): Promise<Summary> {
  return load<Summary>('/v1/summary', signal);
}

export function loadSession(signal: AbortSignal): Promise<SessionInfo> {
  return load<SessionInfo>('/v1/session', signal);
}

export function loadRecall(signal: AbortSignal): Promise<Recall> {
  return load<Recall>('/v1/recall', signal);
}

/** @param month of the last one that is over when empty */
export function loadReport(month: string, signal?: AbortSignal): Promise<Report> {
  return load<Report>(`/v1/report${month && `?month=${encodeURIComponent(month)}`}`, signal);
}

const chart =
  <T>(name: string) =>
  (signal: AbortSignal) =>
    load<T>(`/v1/charts/${name}`, signal);

export function loadAgreement(signal: AbortSignal): Promise<Agreement> {
  return load<Agreement>('/v1/agreement', signal);
}

export const loadChart = {
  alerts: chart<AlertSeries>('alerts'),
  calibration: chart<Calibration>('calibration'),
  drift: chart<Drift>('drift'),
  precision: chart<DestinationPrecision>('precision'),
  removal: chart<RemovalCurves>('removal'),
  thresholds: chart<ThresholdVolumes>('thresholds'),
} as const;

export function loadOps(hours: number, signal: AbortSignal): Promise<Ops> {
  return load<Ops>(`/v1/ops?hours=${hours}`, signal);
}

/** @returns all of them, whichever pages they come on */
export async function loadSources(signal: AbortSignal): Promise<SourceItem[]> {
  const sources: SourceItem[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: SourcePage = await load<SourcePage>(`/v1/sources?limit=200${cursor && `&cursor=${cursor}`}`, signal);
    sources.push(...page.items);
    cursor = page.next;
  }
  return sources;
}

export function loadSending(signal: AbortSignal): Promise<Sending> {
  return load<Sending>('/v1/sending', signal);
}

export function loadNotices(filters: NoticeFilters, limit: number, signal: AbortSignal): Promise<NoticePage> {
  return load<NoticePage>(`/v1/notices?limit=${limit}&${noticeQuery(filters)}`, signal);
}

/** @returns null when there is no such notice */
export function loadNotice(noticeId: string, signal: AbortSignal): Promise<NoticeDetail | null> {
  return loadOrNull<NoticeDetail>(`/v1/notices/${noticeId}`, signal);
}

export function loadOwnNotices(
  state: 'open' | 'settled',
  limit: number,
  signal: AbortSignal,
): Promise<PlatformNoticePage> {
  return load<PlatformNoticePage>(`/v1/platform/notices?state=${state}&limit=${limit}`, signal);
}

/** @returns null when the platform has been sent no such notice */
export function loadOwnNotice(noticeId: string, signal: AbortSignal): Promise<PlatformNoticeDetail | null> {
  return loadOrNull<PlatformNoticeDetail>(`/v1/platform/notices/${encodeURIComponent(noticeId)}`, signal);
}

/** @throws Error when it was not recorded */
export async function answerOwnNotice(
  noticeId: string,
  answer: { state: AnswerState; reason?: string; reference?: string },
): Promise<void> {
  await send(`/v1/platform/notices/${encodeURIComponent(noticeId)}/answers`, answer);
}

export function loadAccounts(name: string, signal: AbortSignal, cursor?: string): Promise<AccountPage> {
  const query = new URLSearchParams({ limit: String(PAGE), ...(name && { name }), ...(cursor && { cursor }) });
  return load<AccountPage>(`/v1/accounts?${query}`, signal);
}

/** @throws HttpError when it was not recorded */
export const inviteAccount = (wanted: AccountRank & { name: string }): Promise<Invitation> =>
  send<Invitation>('/v1/accounts', wanted);
/** @throws HttpError when it was not made */
export const makeSignInLink = (accountId: string): Promise<Invitation> =>
  send<Invitation>(`/v1/accounts/${accountId}/link`, {});
/** @throws HttpError when it was not recorded */
export const changeAccount = (accountId: string, change: AccountRank | { disabled: boolean }): Promise<AccountItem> =>
  send<AccountItem>(`/v1/accounts/${accountId}`, change, 'PATCH');

export interface AccountRank {
  readonly role: AccountItem['role'];
  /** Of the role platform. */
  readonly platform?: string;
}

export function loadTokens(signal: AbortSignal): Promise<{ items: TokenItem[] }> {
  return load<{ items: TokenItem[] }>('/v1/tokens', signal);
}

export function loadOwnSessions(signal: AbortSignal): Promise<{ items: SessionItem[] }> {
  return load<{ items: SessionItem[] }>('/v1/sessions', signal);
}

/** @throws Error when it was not made */
export function makeToken(wanted: { name: string; days: number; permissions?: Permission[] }): Promise<NewToken> {
  return send<NewToken>('/v1/tokens', wanted);
}

/**
 * Revokes a token of one's own, ends a session, or deletes a saved query or a subscription.
 *
 * @throws Error when the server does not say that it is gone
 */
export async function deleteOwn(what: 'tokens' | 'sessions' | 'queries' | 'subscriptions', id: string): Promise<void> {
  const answer = await fetch(`/v1/${what}/${id}`, { method: 'DELETE' });
  if (!answer.ok && answer.status !== 404) throw await errorOf(answer);
}

/**
 * Sends a person's word on a delivery.
 *
 * @returns `conflict` when there was nothing to decide any more
 * @throws Error when it was not recorded
 */
export async function decideDelivery(
  deliveryId: string,
  word: 'arrived' | 'send-again',
): Promise<'decided' | 'conflict'> {
  try {
    await send(`/v1/deliveries/${deliveryId}/decision`, { word });
    return 'decided';
  } catch (error) {
    if (error instanceof HttpError && error.status === 409) return 'conflict';
    throw error;
  }
}

/**
 * Stops all sending, or lets it go on.
 *
 * @returns how it stands then
 * @throws Error when it was not recorded
 */
export function switchSending(change: { stopped: boolean; reason: string }): Promise<Sending> {
  const { reason, ...rest } = change;
  return send<Sending>('/v1/sending', { ...rest, ...(reason && { reason }) });
}

/**
 * Sends what a person found an audited post to be, which may be nothing.
 *
 * @throws Error when it was not recorded
 */
export async function sendAuditDecision(flagId: string, found: readonly FlagItem['category'][]): Promise<void> {
  await send('/v1/decisions', {
    subject: { flagId },
    action: found.length > 0 ? 'confirm' : 'dismiss',
    categories: found,
  });
}

/** What an error answer says of itself (RFC 9457). */
interface Problem {
  readonly detail?: string;
  /** How it stands, where somebody else has decided meanwhile. */
  readonly current?: Review;
}

export class HttpError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(`HTTP ${status}`);
  }
}

async function errorOf(answer: Response): Promise<HttpError> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json');
  return new HttpError(answer.status, isProblem ? ((await answer.json().catch(() => ({}))) as Problem) : {});
}

/** @throws HttpError, or TypeError when the server is out of reach */
export async function send<T>(url: string, body: object, method: 'POST' | 'PATCH' = 'POST'): Promise<T> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  const answer = await fetch(url, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw await errorOf(answer);
  return (await answer.json()) as T;
}

/** @throws HttpError, or TypeError when the server is out of reach */
export async function load<T>(url: string, signal?: AbortSignal): Promise<T> {
  const answer = await fetch(url, { ...(signal && { signal }), headers: { accept: 'application/json' } });
  if (!answer.ok) throw await errorOf(answer);
  return (await answer.json()) as T;
}

/** @returns null when there is no such thing, or what is asked for cannot be the name of one */
function loadOrNull<T>(url: string, signal: AbortSignal): Promise<T | null> {
  return load<T>(url, signal).catch((error: unknown) => {
    if (error instanceof HttpError && (error.status === 404 || error.status === 400)) return null;
    throw error;
  });
}
