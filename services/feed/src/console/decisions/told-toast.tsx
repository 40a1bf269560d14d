import { useEffect } from 'preact/hooks';
import { Visible } from '../components/marked-text.js';
import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import type { Decisions } from './use-decisions.js';

/** Long enough to be read, and to be regretted. */
const SHOWN_MS = 12_000;

/** What became of the latest decisions, with the way back. A failure stays until it is closed. */
export function ToldToast({ decisions: { told, undo, hush } }: { decisions: Decisions }) {
  const t = useTextsOf(DECISIONS);
  useEffect(() => {
    if (!told || told.failed > 0) return;
    const timer = setTimeout(hush, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [told, hush]);
  const isEmpty = told?.action === 'undo' && told.made === 0 && told.failed === 0;
  return (
    <div class={`toast${told ? ' shown' : ''}`} role="status">
      {told && (
        <>
          {told.made > 0 && <span>{t.done[told.action](told.made)}</span>}
          {isEmpty && <span>{t.nothingToUndo}</span>}
          {told.failed > 0 && (
            <span class="toast-failed">
              {t.failed(told.failed)}
              {told.detail !== '' && ': '}
              <Visible text={told.detail} />
            </span>
          )}
          {told.canUndo && (
            <button type="button" onClick={() => void undo()}>
              {t.undo} <kbd aria-hidden="true">u</kbd>
            </button>
          )}
          {told.failed > 0 && (
            <button type="button" onClick={hush}>
              {t.cancel}
            </button>
          )}
        </>
      )}
    </div>
  );
}
