import { MailAddress, mailServerFields } from '@siaga/outgoing';
import Type, { type Static } from 'typebox';

/** The file that SIAGA_FEED_MAIL_FILE names: how digests leave, and to whom they may. */
export const SubscriptionMail = Type.Object(
  {
    ...mailServerFields,
    /** Where answers to a digest go. */
    replyTo: Type.Optional(MailAddress),
    /** Digests go to mailboxes of these domains and to no others: posts are not for everybody's. */
    recipientDomains: Type.Array(Type.String({ pattern: '^[a-z0-9.-]+$', maxLength: 253 }), {
      ...{ minItems: 1, maxItems: 100 },
    }),
  },
  { additionalProperties: false },
);
export type SubscriptionMail = Static<typeof SubscriptionMail>;

export const mayReceive = ({ recipientDomains }: Pick<SubscriptionMail, 'recipientDomains'>, recipient: string) =>
  recipientDomains.includes(recipient.slice(recipient.lastIndexOf('@') + 1).toLowerCase());
