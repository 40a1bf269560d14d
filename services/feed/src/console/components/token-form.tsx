import { useState } from 'preact/hooks';
import type { Permission } from '../../auth/permissions.js';
import type { NewToken } from '../../auth/token-routes.js';
import { useTextsOf } from '../language.js';
import { makeToken } from '../load.js';
import { useSession } from '../session.js';
import { TOKENS } from '../texts/tokens.js';

const DAYS = 90;
const DAYS_MAX = 366;

/** Asks what a new token is called, how long it is good for, and what it may of what its owner may. */
export function TokenForm({ onMade }: { onMade: (token: NewToken) => void }) {
  const t = useTextsOf(TOKENS);
  const { permissions } = useSession();
  const [state, setState] = useState<'' | 'saving' | 'failed'>('');
  const own = permissions.filter((one) => Object.hasOwn(t.scope, one));
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const fields = new FormData(form);
    const chosen = fields.getAll('may') as Permission[];
    setState('saving');
    makeToken({
      name: String(fields.get('name')).trim(),
      days: Number(fields.get('days')),
      // All of them today is also what its owner may tomorrow.
      ...(chosen.length > 0 && chosen.length < own.length && { permissions: chosen }),
    }).then(
      (token) => {
        setState('');
        form.reset();
        onMade(token);
      },
      () => setState('failed'),
    );
  };
  return (
    <form class="token-form" onSubmit={submit}>
      <label>
        {t.name}
        <input name="name" required maxLength={100} pattern=".*\S.*" autocomplete="off" />
      </label>
      <label>
        {t.days}
        <input name="days" type="number" required min={1} max={DAYS_MAX} defaultValue={String(DAYS)} />
      </label>
      {own.length > 1 && (
        <fieldset>
          <legend>{t.may}</legend>
          {own.map((one) => (
            <label key={one}>
              <input type="checkbox" name="may" value={one} defaultChecked /> {t.scope[one]}
            </label>
          ))}
        </fieldset>
      )}
      <button type="submit" class="solid" disabled={state === 'saving'}>
        {t.make}
      </button>
      {state === 'failed' && <p role="alert">{t.failed}</p>}
    </form>
  );
}
