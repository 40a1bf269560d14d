import { useEffect, useRef, useState } from 'preact/hooks';
import type { AnswerState } from '@siaga/storage';
import { useTextsOf } from '../language.js';
import { answerOwnNotice } from '../load.js';
import { OWN_NOTICES } from '../texts/own-notices.js';

const STATES: readonly AnswerState[] = ['received', 'under_review', 'actioned', 'rejected', 'needs_info', 'disputed'];
/** These say it all; of the others one asks why, and of two nobody can do anything without it. */
const ONE_CLICK: ReadonlySet<AnswerState> = new Set(['received', 'under_review', 'actioned']);
const NEEDS_REASON: ReadonlySet<AnswerState> = new Set(['needs_info', 'disputed']);

/** The answers to a notice: one click where that says it all, else a reason first. */
export function AnswerForm({ noticeId, onAnswered }: { noticeId: string; onAnswered: () => void }) {
  const t = useTextsOf(OWN_NOTICES);
  const [asked, setAsked] = useState<AnswerState>();
  const [said, setSaid] = useState<'' | 'saving' | 'failed' | AnswerState>('');
  const status = useRef<HTMLParagraphElement>(null);
  const send = (state: AnswerState, words: { reason?: string; reference?: string } = {}) => {
    setSaid('saving');
    answerOwnNotice(noticeId, { state, ...words }).then(
      () => {
        setSaid(state);
        setAsked(undefined);
        // The form goes, so the focus would be lost.
        status.current?.focus();
        onAnswered();
      },
      () => setSaid('failed'),
    );
  };
  return (
    <div class="own-answer">
      <div class="answers" role="group" aria-label={t.say}>
        {STATES.map((state) => (
          <button
            type="button"
            key={state}
            class="solid"
            aria-expanded={ONE_CLICK.has(state) ? undefined : asked === state}
            disabled={said === 'saving'}
            onClick={() => (ONE_CLICK.has(state) ? send(state) : setAsked(state))}
          >
            <b>{t.states[state]}</b> <small>{t.hints[state]}</small>
          </button>
        ))}
      </div>
      {asked && (
        <Reason
          key={asked}
          state={asked}
          saving={said === 'saving'}
          onSend={(words) => send(asked, words)}
          onCancel={() => setAsked(undefined)}
        />
      )}
      <p class="said" role="status" tabIndex={-1} ref={status}>
        {said !== '' && said !== 'saving' && said !== 'failed' && t.sent(t.states[said])}
      </p>
      {said === 'failed' && <p role="alert">{t.failed}</p>}
    </div>
  );
}

function Reason(props: {
  state: AnswerState;
  saving: boolean;
  onSend: (words: { reason?: string; reference?: string }) => void;
  onCancel: () => void;
}) {
  const { state, saving, onSend, onCancel } = props;
  const t = useTextsOf(OWN_NOTICES);
  const reason = useRef<HTMLTextAreaElement>(null);
  const reference = useRef<HTMLInputElement>(null);
  useEffect(() => reason.current?.focus(), []);
  const submit = (event: Event) => {
    event.preventDefault();
    const [why, number] = [reason.current?.value.trim(), reference.current?.value.trim()];
    if (NEEDS_REASON.has(state) && !why) return reason.current?.focus();
    onSend({ ...(why && { reason: why }), ...(number && { reference: number }) });
  };
  return (
    <form class="own-reason" onSubmit={submit}>
      <p>
        <b>{t.states[state]}</b>: {t.hints[state]}
      </p>
      <label>
        {NEEDS_REASON.has(state) ? t.reasonNeeded : t.reason}
        <textarea ref={reason} rows={4} maxLength={4_000} required={NEEDS_REASON.has(state)} />
      </label>
      <label>
        {t.reference}
        <input ref={reference} maxLength={200} autocomplete="off" />
      </label>
      <div class="choices">
        <button type="submit" class="solid" disabled={saving}>
          {t.send}
        </button>
        <button type="button" class="quiet" onClick={onCancel}>
          {t.cancel}
        </button>
      </div>
    </form>
  );
}
