import { useEffect, useRef } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import { ReviewedBy } from './review-badges.js';
import type { Conflict } from './use-decisions.js';

/** Somebody else was faster: what they decided, and the choice between theirs and one's own. */
export function ConflictNotice(props: { conflict: Conflict; onSettle: (how: 'keep' | 'insist') => void }) {
  const { conflict, onSettle } = props;
  const { current, word } = conflict;
  const t = useTextsOf(DECISIONS);
  const keep = useRef<HTMLButtonElement>(null);
  const mine = t.done[word.action](1).toLowerCase();
  useEffect(() => keep.current?.focus(), []);
  return (
    <div class="conflict" role="alert">
      <p>
        <strong>{t.conflict((t.states[current.state] ?? current.state).toLowerCase())}</strong>{' '}
        <ReviewedBy review={current} /> {t.conflictYours(mine)}
      </p>
      <div class="choices">
        <button type="button" class="solid" ref={keep} onClick={() => onSettle('keep')}>
          {t.keep}
        </button>
        <button type="button" class="solid" onClick={() => onSettle('insist')}>
          {t.insist(mine)}
        </button>
      </div>
    </div>
  );
}
