import { composeMail, inOneLine, type Mailer } from '@siaga/outgoing';
import {
  beginMessage,
  countRows,
  flagList,
  latestChange,
  listFlags,
  type ClaimedSubscription,
  type Database,
} from '@siaga/storage';
import { flagItem } from '../flag-item.js';
import { filtersOf } from '../list/flag-query.js';
import type { FlagQuery } from '../saved/saved-query.js';
import { digestLetter } from './digest-letter.js';
import type { SubscriptionKeys } from './keys.js';
import type { Sent } from './send-webhook.js';
import { unsubscribeUrl } from './unsubscribe-url.js';

const SHOWN = 30;

/** What mail needs besides the subscription. */
export interface DigestPost {
  readonly mailer: Mailer;
  readonly from: string;
  readonly replyTo?: string | undefined;
  /** Where people reach the console. */
  readonly publicUrl: URL;
}

/**
 * Mails what was recorded since the digest before and still has its text, the highest scores first; nothing where there is
 * nothing. One that is sent again carries the same Message-ID.
 */
export async function sendDigest(
  claimed: ClaimedSubscription,
  { db, keys, post }: { readonly db: Database; readonly keys: SubscriptionKeys; readonly post: DigestPost },
): Promise<Sent> {
  const { subscriptionId, queryName, recipient, afterSeq } = claimed;
  const upTo = claimed.begunTo ?? (await latestChange(db));
  const wanted = {
    ...filtersOf(claimed.query as FlagQuery),
    ...{ after: afterSeq, before: upTo + 1, withText: true as const },
  };
  const [{ rows: flags }, { count: found }] = await Promise.all([
    // However long it takes: what is not found now is never sent.
    listFlags(db, wanted, { sort: 'score', limit: SHOWN }, Infinity),
    countRows(db, flagList, wanted),
  ]);
  if (flags.length === 0) return { kind: 'arrived', upTo, flags: null };
  if (claimed.begunTo === null && !(await beginMessage(db, claimed, upTo))) return { kind: 'taken' };
  const { mailer, from, replyTo, publicUrl } = post;
  const stop = unsubscribeUrl(publicUrl, keys, subscriptionId);
  const composed = await composeMail(
    {
      from: { name: 'Siaga', address: from },
      to: recipient as string,
      ...(replyTo === undefined ? {} : { replyTo }),
      messageId: `<digest-${subscriptionId}-${upTo}@${mailer.domain}>`,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'List-Id': `<${subscriptionId}.${mailer.domain}>`,
        // One click in the mail program ends it (RFC 8058).
        'List-Unsubscribe': `<${stop}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      },
      ...digestLetter({
        ...{ queryName: inOneLine(queryName), found, items: flags.map((flag) => flagItem(flag)) },
        ...{ consoleUrl: publicUrl.href, unsubscribeUrl: stop },
      }),
    },
    mailer.dkim,
  );
  const result = await mailer.send(composed);
  return result.kind === 'delivered' ? { kind: 'arrived', upTo, flags: found } : result;
}
