import { appendEvidence, resumeDeadline, scheduleMessage, type Database } from '@siaga/storage';
import { uuidv7 } from 'uuidv7';
import { UsageError } from '@siaga/runtime';

const TEXT_MAX = 4_000;
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Gives a platform the information that it asked for, and lets its deadline run again.
 *
 * @throws UsageError when the notice does not wait for us
 */
export async function inform(db: Database, noticeId: string, text: string, by: string): Promise<void> {
  if (text.length > TEXT_MAX || text.includes('\0'))
    throw new UsageError(`at most ${TEXT_MAX} characters, all printable`);
  if (!UUID.test(noticeId)) throw new UsageError(`${noticeId} is not the id of a notice`);
  await db.transaction(async (tx) => {
    const waiting = await resumeDeadline(tx, noticeId);
    if (!waiting) throw new UsageError(`notice ${noticeId} does not wait for information`);
    const { revision, channel, payload, dueAt } = waiting;
    const deliveryId = uuidv7();
    const notice = JSON.parse(payload) as object;
    await scheduleMessage(tx, {
      ...{ deliveryId, noticeId, revision, channel, kind: `information ${deliveryId}` },
      payload: JSON.stringify({ ...notice, due_at: dueAt.toISOString(), message: 'information', information: text }),
    });
    await appendEvidence(tx, [{ event: 'information-given', subject: noticeId, body: { deliveryId, by } }]);
  });
}
