import { useState } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import { DecisionDialog } from './decision-dialog.js';

interface Asked {
  readonly count: number;
  readonly what: 'campaigns' | 'copies';
  readonly onClose: () => void;
  readonly onReason: (reason: string) => void;
}

/** Why it is dismissed: one press, or one digit, is the whole answer; or words of one's own. */
export function DismissDialog({ count, what, onClose, onReason }: Asked) {
  const t = useTextsOf(DECISIONS);
  const [own, setOwn] = useState('');
  const reasons = Object.entries(t.reasons);
  const onKey = (event: KeyboardEvent) => {
    const reason = /^\d$/.test(event.key) ? reasons[(Number(event.key) + 9) % 10]?.[0] : undefined;
    if (reason === undefined || (event.target as HTMLElement).matches('input')) return;
    event.preventDefault();
    onReason(reason);
  };
  return (
    <DecisionDialog
      title={t.dismissTitle(count, what)}
      submit={t.dismiss}
      onClose={onClose}
      {...(own.trim() && { onSubmit: () => onReason(own.trim()) })}
    >
      <ol class="reason-list" onKeyDown={onKey}>
        {reasons.map(([reason, words], i) => (
          <li key={reason}>
            <button type="button" data-first={i === 0 ? '' : undefined} onClick={() => onReason(reason)}>
              <kbd aria-hidden="true">{(i + 1) % 10}</kbd> {words}
            </button>
          </li>
        ))}
      </ol>
      <label>
        <span>{t.ownReason}</span>
        <input maxLength={500} value={own} autocomplete="off" onInput={(event) => setOwn(event.currentTarget.value)} />
      </label>
    </DecisionDialog>
  );
}
