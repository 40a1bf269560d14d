import type { Ref } from 'preact';
import { useTexts } from '../language.js';

const KEYS = [
  ['j', 'next'],
  ['k', 'previous'],
  ['g', 'first'],
  ['↵', 'campaign'],
  ['c', 'confirm'],
  ['d', 'dismiss'],
  ['e', 'escalate'],
  ['a', 'assign'],
  ['h', 'hoax'],
  ['m', 'merge'],
  ['s', 'split'],
  ['u', 'undo'],
  ['x', 'choose'],
  ['⇧ j k', 'extend'],
  ['v', 'reveal'],
  ['o', 'open'],
  ['/', 'search'],
  ['?', 'help'],
  ['Esc', 'escape'],
] as const;

/** Always in the page: whether it is open is the browser's to say, so a key that follows Escape at once opens it again. */
export function HelpDialog({ dialog }: { dialog: Ref<HTMLDialogElement> }) {
  const t = useTexts();
  return (
    <dialog ref={dialog} aria-labelledby="help-title">
      <h2 id="help-title">{t.help}</h2>
      {/* Longer than a low window: what scrolls must be reached by keyboard. */}
      <dl tabIndex={0} aria-labelledby="help-title">
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
