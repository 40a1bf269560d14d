import { useState } from 'preact/hooks';
import type { AccountItem } from '../../auth/account-routes.js';
import { useTexts, useTextsOf } from '../language.js';
import type { AccountRank } from '../load.js';
import { ACCOUNTS } from '../texts/accounts.js';

type Role = AccountItem['role'];

/** What an account may be, and of which platform where it is a platform's. */
export function RankFields({ role, platform }: { role: Role; platform: string | null }) {
  const t = useTextsOf(ACCOUNTS);
  const { roles } = useTexts().account;
  const [chosen, setChosen] = useState<string>(role);
  return (
    <>
      <label>
        {t.role}
        <select name="role" value={chosen} onChange={(event) => setChosen(event.currentTarget.value)}>
          {Object.entries(roles).map(([one, words]) => (
            <option key={one} value={one}>
              {words}
            </option>
          ))}
        </select>
      </label>
      {chosen === 'platform' && (
        <label title={t.platformHint}>
          {t.platform}
          <input
            name="platform"
            required
            maxLength={63}
            pattern="[a-z0-9][a-z0-9.\-]*"
            autocomplete="off"
            defaultValue={platform ?? ''}
          />
        </label>
      )}
    </>
  );
}

export function rankOf(fields: FormData): AccountRank {
  const platform = fields.get('platform');
  return { role: fields.get('role') as Role, ...(platform !== null && { platform: String(platform) }) };
}
