import { retry, unanswered } from '@siaga/outgoing';
import { retryAfterMs, type OutboundResponse } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import type { Notice } from '../../notice.js';
import { askInVain, findWhileOurs, makeCalls, makeMessageCall, type Call, type CallResult } from '../calls.js';
import type { Channel, ChannelContext } from '../channel.js';
import { entryOf, WebUrl } from '../fields.js';
import { commentOf } from '../plain-text.js';
import { findStatus, type Found } from './find-status.js';

const ReportAs = Type.Object(
  {
    category: Type.Enum(['spam', 'legal', 'violation', 'other']),
    /** Which of the server's rules are broken, by its own ids; only with `violation`. */
    rules: Type.Array(Type.String(), { default: [] }),
  },
  { additionalProperties: false },
);

export const MastodonEntry = entryOf('mastodon', {
  /** The server whose moderators are told. */
  url: WebUrl,
  /** Name of the secret that holds the access token, with the scopes `read:search`, `read:statuses` and `write:reports`. */
  token: Type.String(),
  /** How a category is reported; `other` when not given. */
  categories: Type.Record(Type.String(), ReportAs, { default: {} }),
  /** Whether the server passes reports on to the server that the account is of. */
  forward: Type.Boolean({ default: false }),
  /** That one report may list. */
  statuses: Type.Integer({ minimum: 1, maximum: 100, default: 20 }),
});

/** Of Mastodon's own: longer comments are refused. */
const COMMENT_CHARACTERS = 1_000;

/**
 * Reports to a Mastodon server's moderators: `POST /api/v1/reports`, one for the posts of each account. The server counts a
 * repeat as another report, and a reporter cannot list those it has made: what may have arrived is for a person.
 */
export function mastodonChannel(
  { url, token, categories, forward, statuses }: Static<typeof MastodonEntry>,
  { secrets, client }: ChannelContext,
): Channel {
  const headers = { authorization: `Bearer ${secrets.get(token)}`, 'content-type': 'application/json' };

  async function report(notice: Notice, deliveryId: string, found: readonly Found[]): Promise<CallResult> {
    const { category, rules } = categories[notice.category] ?? { category: 'other', rules: [] };
    const body = JSON.stringify({
      account_id: found[0]?.accountId,
      status_ids: found.map(({ statusId }) => statusId),
      comment: commentOf(notice, deliveryId, COMMENT_CHARACTERS),
      ...{ category, forward },
      ...(category === 'violation' ? { rule_ids: rules } : {}),
    });
    try {
      return resultOf(await client.request(new URL('/api/v1/reports', url).href, { method: 'POST', headers, body }));
    } catch (error) {
      return unanswered(error);
    }
  }

  return {
    deduplicates: false,
    send(parcel) {
      const notice = JSON.parse(parcel.payload) as Notice;
      const find = (address: string) => findStatus({ server: url, headers, client }, address);
      const reportOn = (found: readonly Found[]) => report(notice, parcel.deliveryId, found);
      if (notice.message) return makeMessageCall(parcel, notice, find, (found) => reportOn([found]));
      return makeCalls(parcel, notice.urls, async function* (pending): AsyncGenerator<Call> {
        const byAccount = new Map<string, Found[]>();
        for (const address of pending) {
          const found = await findWhileOurs(parcel, find, address);
          if ('kind' in found) yield { items: [address], result: found };
          else byAccount.set(found.accountId, [...(byAccount.get(found.accountId) ?? []), found]);
        }
        for (const posts of byAccount.values()) {
          for (let from = 0; from < posts.length; from += statuses) {
            const some = posts.slice(from, from + statuses);
            yield { items: some.map(({ address }) => address), make: () => reportOn(some) };
          }
        }
      });
    },
    ask: askInVain,
  };
}

/** A report that was refused for its posts is not one that is refused to us. */
function resultOf({ status, header, body }: OutboundResponse): CallResult {
  if (status >= 200 && status < 300) return { kind: 'acknowledged', note: `report ${idOf(body)}` };
  const error = `HTTP ${status} to a report`;
  if (status === 429 || status === 503) return retry(error, retryAfterMs(header));
  // A proxy answers 502 and 504 for a server that may have done it all the same.
  if (status >= 500) return { kind: 'uncertain', error };
  if (status === 404 || status === 422) return { kind: 'refused', note: error };
  return { kind: 'failed', error };
}

function idOf(body: Buffer): string {
  try {
    return String((JSON.parse(body.toString('utf8')) as { id?: unknown }).id).slice(0, 40);
  } catch {
    return 'of unknown number';
  }
}
