import { useCallback, useState } from 'preact/hooks';
import type { Sending } from '../routes/sending.js';
import { loadSending, switchSending } from './load.js';
import { usePolled } from './use-polled.js';

export interface SendingControl {
  /** Undefined until the server has said it. */
  readonly sending: Sending | undefined;
  /** Rejects when the change was not recorded. */
  readonly change: (change: { stopped: boolean; reason: string }) => Promise<void>;
}

/** Whether notices are sent, and the switch. */
export function useSending(): SendingControl {
  const polled = usePolled(loadSending);
  const [answered, setAnswered] = useState<Sending>();
  const change = useCallback<SendingControl['change']>(async (to) => setAnswered(await switchSending(to)), []);
  // An answer may have overtaken what was being loaded.
  const isNews = answered && (!polled || answered.changedAt > polled.changedAt);
  return { sending: isNews ? answered : polled, change };
}
