import { useEffect, useRef } from 'preact/hooks';
import { useTexts } from '../language.js';

const KEYS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['g', 'first'],
  ['o', 'open'],
  ['v', 'reveal'],
  ['c', 'campaign'],
  ['/', 'search'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="help-title">
      <h2 id="help-title">{t.help}</h2>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t.keys[what]}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button>{t.close}</button>
      </form>
    </dialog>
  );
}
