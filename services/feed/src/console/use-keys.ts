import { useEffect, useRef } from 'preact/hooks';

/** Runs an action when its key is pressed alone, except while something is being typed or a dialog is open. */
export function useKeys(actions: Readonly<Record<string, () => void>>): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
      const target = event.target as HTMLElement;
      if (target.matches('input:not([type=checkbox]), textarea')) {
        if (event.key === 'Escape') target.blur();
        return;
      }
      // It presses what has the focus.
      if (event.key === 'Enter' && target.matches('a, button, input, summary')) return;
      // A list of choices is searched by letters.
      if (target.matches('select') && /^[a-z]$/i.test(event.key)) return;
      const action = latest.current[event.key];
      if (!action) return;
      event.preventDefault();
      action();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
