import { useEffect, useRef, useState } from 'preact/hooks';
import { useTexts } from '../language.js';
import { useMay } from '../session.js';
import type { SendingControl } from '../use-sending.js';
import { Visible } from './marked-text.js';
import { Ago } from './spans.js';

/** The button that stops all sending; while it is stopped, a banner says so in its place, with the way back. */
export function SendingSwitch({ sending, change }: SendingControl) {
  const t = useTexts().sending;
  const may = useMay('switch-sending');
  const dialog = useRef<HTMLDialogElement>(null);
  /** What the open dialog asks stays what it was opened for, also when somebody else throws the switch meanwhile. */
  const [asked, setAsked] = useState({ stop: true, times: 0 });
  if (!sending) return null;
  const { stopped, changedAt, changedBy, reason, waiting } = sending;
  const ask = () => {
    setAsked(({ times }) => ({ stop: !stopped, times: times + 1 }));
    dialog.current?.showModal();
  };
  return (
    <>
      {stopped ? (
        <div class="banner stopped" role="alert">
          <strong>{t.stopped}</strong>
          <span>
            {changedBy !== null && t.stoppedBy(changedBy)} <Ago at={changedAt} />
          </span>
          {reason !== null && (
            <q>
              <Visible text={reason} />
            </q>
          )}
          <span>{t.waiting(waiting)}</span>
          {may && (
            <button type="button" onClick={ask}>
              {t.resume}
            </button>
          )}
        </div>
      ) : (
        may && (
          <button type="button" class="stop-sending" onClick={ask}>
            {t.stop}
          </button>
        )
      )}
      <dialog ref={dialog} aria-labelledby="sending-title">
        {asked.times > 0 && (
          <SwitchForm
            key={asked.times}
            stop={asked.stop}
            waiting={waiting}
            onChange={change}
            onClose={() => dialog.current?.close()}
          />
        )}
      </dialog>
    </>
  );
}

function SwitchForm(props: {
  stop: boolean;
  waiting: number;
  onChange: SendingControl['change'];
  onClose: () => void;
}) {
  const { stop, waiting, onChange, onClose } = props;
  const t = useTexts().sending;
  const [state, setState] = useState<'idle' | 'saving' | 'failed'>('idle');
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement);
    const reason = String(given.get('reason') ?? '').trim();
    setState('saving');
    onChange({ stopped: stop, reason }).then(
      () => {
        setState('idle');
        onClose();
      },
      () => setState('failed'),
    );
  };
  return (
    <form class="switch-form" onSubmit={submit}>
      <h2 id="sending-title">{stop ? t.stopTitle : t.resumeTitle}</h2>
      <p>{stop ? t.stopHint : t.resumeHint(waiting)}</p>
      <label>
        <span>
          {t.reason} {!stop && <small>({t.optional})</small>}
        </span>
        <input name="reason" maxLength={500} required={stop} pattern=".*\S.*" autocomplete="off" ref={first} />
      </label>
      {state === 'failed' && <p role="alert">{t.failed}</p>}
      <div class="choices">
        <button type="button" onClick={onClose}>
          {t.cancel}
        </button>
        <button type="submit" class={stop ? 'grave' : ''} disabled={state === 'saving'}>
          {stop ? t.stop : t.resume}
        </button>
      </div>
    </form>
  );
}
