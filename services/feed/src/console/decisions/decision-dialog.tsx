import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';

/** What every question before a decision is made of. Escape, or a press beside it, closes it; the focus goes back. */
export function DecisionDialog(props: {
  title: string;
  onClose: () => void;
  onSubmit?: () => void;
  submit?: string;
  grave?: boolean;
  children: ComponentChildren;
}) {
  const { title, onClose, onSubmit, submit, grave, children } = props;
  const t = useTextsOf(DECISIONS);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const from = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    const first = '[data-first]';
    const focused = dialog.current?.querySelector<HTMLElement>(first) ?? dialog.current?.querySelector('[type=submit]');
    (focused as HTMLElement | null | undefined)?.focus();
    return () => from?.focus({ preventScroll: true });
  }, []);
  return (
    <dialog
      ref={dialog}
      class="decision-dialog"
      aria-labelledby="decision-title"
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSubmit?.();
        }}
      >
        <h2 id="decision-title">{title}</h2>
        {children}
        <div class="choices">
          <button type="button" onClick={onClose}>
            {t.cancel}
          </button>
          {onSubmit && (
            <button type="submit" class={grave ? 'grave' : ''}>
              {submit ?? t.save}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}
