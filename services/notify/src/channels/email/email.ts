import { composeMail, inOneLine, MailAddress, mailerOf, mailServerFields, type ComposedMail } from '@siaga/outgoing';
import type { Connect } from '@siaga/runtime';
import Type, { type Static } from 'typebox';
import type { LinkMaker } from '../../answer-links.js';
import type { Notice } from '../../notice.js';
import { askInVain, makeCalls, type CallResult } from '../calls.js';
import type { Channel, ChannelContext } from '../channel.js';
import { entryOf } from '../fields.js';
import { letterOf } from './letter.js';

export const EmailEntry = entryOf('email', {
  ...mailServerFields,
  to: Type.Array(MailAddress, { minItems: 1, maxItems: 10 }),
  /** The notifier's address when not given. */
  replyTo: Type.Optional(MailAddress),
});

/** What this channel needs besides the web. */
export interface MailContext extends ChannelContext {
  readonly connect: Connect;
  /** Made when a mail is, so that the secret of the link is in the mail and nowhere else. */
  readonly answerLink: LinkMaker;
}

/**
 * Mail to a platform that has no other way, in text and HTML. The server's word is that it has taken the mail, not that anybody
 * has read it. A mailbox does not promise to know a mail again by its Message-ID: what may have arrived is for a person.
 */
export function emailChannel(
  { from, to, replyTo, ...server }: Static<typeof EmailEntry>,
  { secrets, connect, answerLink }: MailContext,
): Channel {
  const mailer = mailerOf({ from, ...server }, { secrets, connect });

  const compose = async (notice: Notice, deliveryId: string): Promise<ComposedMail> => {
    const { notifier, notice_id: noticeId } = notice;
    const name = inOneLine(notifier.name);
    return composeMail(
      {
        from: { name, address: from },
        to,
        replyTo: { name, address: replyTo ?? notifier.email },
        // The same on every attempt, and all mail about a notice is one thread.
        messageId: `<${deliveryId}@${mailer.domain}>`,
        references: `<${noticeId}@${mailer.domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...letterOf(notice, await answerLink(noticeId)),
      },
      mailer.dkim,
    );
  };

  const mail = async (composed: ComposedMail): Promise<CallResult> => {
    const result = await mailer.send(composed);
    if (result.kind === 'closed') return { kind: 'failed', error: result.error };
    return result.kind === 'delivered' ? { ...result, kind: 'acknowledged' } : result;
  };

  return {
    deduplicates: false,
    send: (parcel) =>
      makeCalls(parcel, [`mail ${parcel.deliveryId}`], async function* (items) {
        if (items.length === 0) return;
        // What may go wrong in here happens before the call has begun.
        const composed = await compose(JSON.parse(parcel.payload) as Notice, parcel.deliveryId);
        yield { items, make: () => mail(composed) };
      }),
    ask: askInVain,
  };
}
