import type { ComponentChildren } from 'preact';
import { useTexts, useTextsOf } from '../language.js';
import { useMay } from '../session.js';
import { DECISIONS } from '../texts/decisions.js';

export type CardAction = 'confirm' | 'dismiss' | 'escalate' | 'assign' | 'open';

const KEYS: readonly (readonly [CardAction, string])[] = [
  ['confirm', 'c'],
  ['dismiss', 'd'],
  ['escalate', 'e'],
  ['assign', 'a'],
];

/** What can be done with a campaign, with the keys that do it. */
export function CardActions(props: {
  saving: boolean;
  /** It has a page of its own. */
  linked: boolean;
  onAct: (action: CardAction) => void;
  /** What else can be done with it. */
  children?: ComponentChildren;
}) {
  const { saving, linked, onAct } = props;
  const t = useTextsOf(DECISIONS);
  const { account } = useTexts();
  const may = useMay('decide');
  return (
    <div class="card-actions" role="group" aria-label={t.choose} title={may ? undefined : account.mayNot}>
      {KEYS.map(([action, key]) => (
        <button type="button" key={action} class={action} disabled={!may || saving} onClick={() => onAct(action)}>
          {t[action]} <kbd aria-hidden="true">{key}</kbd>
        </button>
      ))}
      {props.children}
      {linked && (
        <button type="button" class="open" onClick={() => onAct('open')}>
          {t.open} <kbd aria-hidden="true">↵</kbd>
        </button>
      )}
      {saving && <span role="status">{t.saving}…</span>}
    </div>
  );
}
