import type { ComponentChildren } from 'preact';
import { useTextsOf } from '../language.js';
import { useMay } from '../session.js';
import { DECISIONS } from '../texts/decisions.js';
import type { CardAction } from './card-actions.js';

const ACTIONS = ['confirm', 'dismiss', 'escalate', 'assign'] as const;

/** What can be done with all that are chosen at once. */
export function BulkBar(props: {
  count: number;
  onAct: (action: CardAction) => void;
  onClear: () => void;
  /** What else can be done with them. */
  children?: ComponentChildren;
}) {
  const t = useTextsOf(DECISIONS);
  const may = useMay('decide');
  if (props.count === 0) return null;
  return (
    <div class="bulk-bar" role="toolbar" aria-label={t.chosen(props.count)}>
      <strong>{t.chosen(props.count)}</strong>
      {ACTIONS.map((action) => (
        <button type="button" key={action} class={action} disabled={!may} onClick={() => props.onAct(action)}>
          {t[action]}
        </button>
      ))}
      {props.children}
      <button type="button" class="quiet" onClick={props.onClear}>
        {t.chooseNone}
      </button>
    </div>
  );
}
