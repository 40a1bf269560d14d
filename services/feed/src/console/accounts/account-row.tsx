import type { AccountItem } from '../../auth/account-routes.js';
import { Fact } from '../components/fact.js';
import { Visible } from '../components/marked-text.js';
import { Ago } from '../components/spans.js';
import { useTexts, useTextsOf } from '../language.js';
import type { AccountRank } from '../load.js';
import { useSession } from '../session.js';
import { ACCOUNTS } from '../texts/accounts.js';
import { RankFields, rankOf } from './rank-fields.js';

/** An account, with what an admin can do about it; nothing about one's own. */
export function AccountRow(props: {
  account: AccountItem;
  onChange: (change: AccountRank | { disabled: boolean }) => void;
  onLink: () => void;
}) {
  const { account, onChange, onLink } = props;
  const t = useTextsOf(ACCOUNTS);
  const { roles } = useTexts().account;
  const isOwn = useSession().account?.name === account.name;
  const { name, role, platform, createdAt, lastSeenAt, disabledAt } = account;
  const about = (what: string) => `${what}: ${name}`;
  return (
    <li class="row account-row">
      <h3>
        <bdi>
          <Visible text={name} />
        </bdi>
        {isOwn && <span class="badge info">{t.you}</span>}
        {disabledAt !== null && <span class="badge idle">{t.disabled}</span>}
      </h3>
      <dl class="facts">
        <Fact name={t.role}>
          {roles[role] ?? role}
          {platform !== null && (
            <>
              {' · '}
              <bdi>{platform}</bdi>
            </>
          )}
        </Fact>
        <Fact name={t.lastSeen}>{lastSeenAt === null ? t.never : <Ago at={lastSeenAt} />}</Fact>
        <Fact name={t.created}>
          <Ago at={createdAt} />
        </Fact>
      </dl>
      {!isOwn && (
        <form
          class="account-form"
          onSubmit={(event) => {
            event.preventDefault();
            onChange(rankOf(new FormData(event.currentTarget)));
          }}
        >
          <RankFields key={`${role} ${platform}`} role={role} platform={platform} />
          <button type="submit" class="solid" aria-label={about(t.changeRole)}>
            {t.changeRole}
          </button>
          {disabledAt === null && (
            <button type="button" class="solid" aria-label={about(t.newLink)} onClick={onLink}>
              {t.newLink}
            </button>
          )}
          <button
            type="button"
            class="solid"
            aria-label={about(disabledAt === null ? t.disable : t.enable)}
            onClick={() => onChange({ disabled: disabledAt === null })}
          >
            {disabledAt === null ? t.disable : t.enable}
          </button>
        </form>
      )}
    </li>
  );
}
