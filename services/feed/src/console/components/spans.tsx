import { useNow } from '../clock.js';
import { useTexts } from '../language.js';
import { countdownTo, spanWords } from '../../time-words.js';

/** How long ago; the exact time on hover. */
export function Ago({ at }: { at: string }) {
  const t = useTexts();
  return (
    <time dateTime={at} title={new Date(at).toLocaleString()}>
      {t.ago(spanWords(useNow() - Date.parse(at), t.units))}
    </time>
  );
}

/** What is left of a deadline, or how long it has passed. */
export function Deadline({ dueAt }: { dueAt: string }) {
  const t = useTexts();
  const { state, ms } = countdownTo(dueAt, useNow());
  const words = spanWords(ms, t.units);
  return (
    <time class={`deadline ${state}`} dateTime={dueAt} title={new Date(dueAt).toLocaleString()}>
      {state === 'overdue' ? t.passed(words) : t.left(words)}
    </time>
  );
}
