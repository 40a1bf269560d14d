import { retry, unanswered } from '@siaga/outgoing';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Notice } from '../../notice.js';
import { askCalls, findWhileOurs, makeCalls, makeMessageCall, type Call, type CallResult } from '../calls.js';
import type { Channel, ChannelContext } from '../channel.js';
import { entryOf, WebUrl } from '../fields.js';
import { commentOf } from '../plain-text.js';
import { findRecord, findUri, type StrongRef } from './find-record.js';
import { Reason } from './reasons.js';
import { isTokenFault, session, type Answer } from './session.js';

/** Bluesky's own moderation. */
const BLUESKY_MODERATION = 'did:plc:ar7c4by46qjdydhdevvrndac';

export const OzoneEntry = entryOf('ozone', {
  /** The server of the account that reports. */
  service: WebUrl,
  /** The account's handle, DID or e-mail address. */
  identifier: Type.String({ minLength: 1 }),
  /** Name of the secret that holds an app password of it. */
  password: Type.String(),
  /** DID of the moderation service that is told. */
  labeler: Type.String({ pattern: '^did:[a-z]+:[\\w.:%-]{1,300}$', default: BLUESKY_MODERATION }),
  /** Why a post of a category is reported. */
  reasons: Type.Object(
    {
      hoax: Type.Optional(Reason),
      hate: Type.Optional(Reason),
      bullying: Type.Optional(Reason),
    },
    { additionalProperties: false, default: {} },
  ),
  /** Whether the account is in the moderation service's team, and so may look whether a report arrived. */
  moderator: Type.Boolean({ default: false }),
});

const REASONS: Readonly<Record<string, Static<typeof Reason>>> = {
  hoax: 'tools.ozone.report.defs#reasonMisleadingOther',
  hate: 'tools.ozone.report.defs#reasonHarassmentHateSpeech',
  bullying: 'tools.ozone.report.defs#reasonHarassmentTargeted',
};
const OTHER = 'tools.ozone.report.defs#reasonOther';

/** Of the lexicon, which counts graphemes: no text has more of them than characters. */
const REASON_CHARACTERS = 2_000;
const CREATE_REPORT = 'com.atproto.moderation.createReport';
const EventsAnswer = Compile(Type.Object({ events: Type.Array(Type.Object({ id: Type.Number() })) }));
const ReportAnswer = Compile(Type.Object({ id: Type.Number() }));

/**
 * Reports to an Ozone moderation service, one for each post: `com.atproto.moderation.createReport`, which the account's PDS
 * passes on. Ozone counts a repeat as another report; only its own team can ask it for those it has.
 */
export function ozoneChannel(
  { service, identifier, password, labeler, reasons, moderator }: Static<typeof OzoneEntry>,
  { secrets, client }: ChannelContext,
): Channel {
  const account = session({ service, identifier, password: secrets.get(password), client });
  const proxy = `${labeler}#atproto_labeler`;
  const reasonOf = ({ category }: Notice) =>
    (reasons as Readonly<Record<string, string | undefined>>)[category] ?? REASONS[category] ?? OTHER;

  async function report(notice: Notice, deliveryId: string, { uri, cid }: StrongRef): Promise<CallResult> {
    const body = {
      reasonType: reasonOf(notice),
      reason: commentOf(notice, deliveryId, REASON_CHARACTERS),
      subject: { $type: 'com.atproto.repo.strongRef', uri, cid },
    };
    try {
      return resultOf(await account.call(CREATE_REPORT, { body, proxy }));
    } catch (error) {
      return unanswered(error);
    }
  }

  /** @param address of a post; of any when not given */
  async function hasReport(deliveryId: string, address?: string): Promise<'has' | 'has-not' | 'later' | 'unknown'> {
    const post = address === undefined ? undefined : await findUri(account, address);
    if (post && 'kind' in post) return post.kind === 'retry' ? 'later' : 'unknown';
    const params = {
      ...{ types: 'tools.ozone.moderation.defs#modEventReport', comment: deliveryId, limit: '1' },
      ...(post ? { subject: post.uri } : {}),
    };
    const answer = await account.call('tools.ozone.moderation.queryEvents', { params, proxy }).catch(() => undefined);
    if (!answer || answer.status === 429 || answer.status >= 500 || isTokenFault(answer)) return 'later';
    if (answer.status !== 200 || !EventsAnswer.Check(answer.body)) return 'unknown';
    return answer.body.events.length > 0 ? 'has' : 'has-not';
  }

  return {
    deduplicates: false,
    async send(parcel) {
      const shut = await account.ready();
      if (shut) return shut;
      const notice = JSON.parse(parcel.payload) as Notice;
      const find = (address: string) => findRecord(account, address);
      const reportOn = (found: StrongRef) => report(notice, parcel.deliveryId, found);
      if (notice.message) return makeMessageCall(parcel, notice, find, reportOn);
      return makeCalls(parcel, notice.urls, async function* (pending): AsyncGenerator<Call> {
        for (const address of pending) {
          const found = await findWhileOurs(parcel, find, address);
          yield { items: [address], ...('kind' in found ? { result: found } : { make: () => reportOn(found) }) };
        }
      });
    },
    async ask(parcel) {
      const { deliveryId } = parcel;
      let inReach: boolean | undefined;
      return askCalls(parcel, async (item) => {
        if (!moderator) return 'unknown';
        inReach ??= (await account.ready()) === undefined;
        if (!inReach) return 'later';
        return hasReport(deliveryId, item === `message ${deliveryId}` ? undefined : item);
      });
    },
  };
}

/** A report that was refused for its post is not one that is refused to us. */
function resultOf(answer: Answer): CallResult {
  const { status, body, error, message, afterMs } = answer;
  if (status >= 200 && status < 300)
    return { kind: 'acknowledged', note: `report ${ReportAnswer.Check(body) ? body.id : 'of unknown number'}` };
  const what = [status, error, message].filter(Boolean).join(' ');
  if (isTokenFault(answer) || status === 429 || status === 503) return retry(what, afterMs);
  // A PDS answers 502 for a moderation service that may have done it all the same.
  if (status >= 500) return { kind: 'uncertain', error: what };
  if (status === 400 || status === 404) return { kind: 'refused', note: what };
  return { kind: 'failed', error: what };
}
