import { useCallback, useState } from 'preact/hooks';
import type { SessionItem } from '../../auth/session-routes.js';
import type { NewToken, TokenItem } from '../../auth/token-routes.js';
import { useTextsOf } from '../language.js';
import { deleteOwn, loadOwnSessions, loadTokens } from '../load.js';
import { TOKENS } from '../texts/tokens.js';
import { usePolled } from '../use-polled.js';
import { Fact } from './fact.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { ShownOnce } from './shown-once.js';
import { Ago } from './spans.js';
import { TokenForm } from './token-form.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';
import '../styles/tokens.css';

/** One's own tokens for programs, and the browsers that one is signed in on. */
export function TokensView() {
  const t = useTextsOf(TOKENS);
  const [version, setVersion] = useState(0);
  const [made, setMade] = useState<NewToken>();
  const [failed, setFailed] = useState(false);
  const tokens = usePolled(useCallback((signal: AbortSignal) => loadTokens(signal), [version]));
  const sessions = usePolled(useCallback((signal: AbortSignal) => loadOwnSessions(signal), [version]));
  const again = () => setVersion((now) => now + 1);
  const remove = (what: 'tokens' | 'sessions', id: string) => {
    setFailed(false);
    deleteOwn(what, id).then(again, () => setFailed(true));
  };
  if (!tokens || !sessions) {
    return (
      <main>
        <ListState kind="loading" />
      </main>
    );
  }
  return (
    <main class="tokens-view">
      <ViewHeading>{t.title}</ViewHeading>
      {failed && <p role="alert">{t.failed}</p>}
      <h3>{t.tokens}</h3>
      <p class="none">{t.tokensHint}</p>
      <TokenForm
        onMade={(token) => {
          setMade(token);
          again();
        }}
      />
      {made && <ShownOnce key={made.secret} secret={made.secret} words={t} />}
      {tokens.items.length === 0 && <p class="none">{t.noTokens}</p>}
      <ul class="rows" aria-label={t.tokens}>
        {tokens.items.map((token) => (
          <TokenRow key={token.tokenId} token={token} onRevoke={() => remove('tokens', token.tokenId)} />
        ))}
      </ul>
      <h3>{t.sessions}</h3>
      <ul class="rows" aria-label={t.sessions}>
        {sessions.items.map((session) => (
          <SessionRow key={session.sessionId} session={session} onEnd={() => remove('sessions', session.sessionId)} />
        ))}
      </ul>
    </main>
  );
}

function TokenRow({ token, onRevoke }: { token: TokenItem; onRevoke: () => void }) {
  const t = useTextsOf(TOKENS);
  const { name, permissions, createdAt, expiresAt, lastUsedAt, revokedAt } = token;
  const over = revokedAt !== null ? t.revoked : Date.parse(expiresAt) < Date.now() ? t.expired : undefined;
  return (
    <li class="row">
      <h4>
        <Visible text={name} />
        {over && <span class="badge idle">{over}</span>}
      </h4>
      <dl class="facts">
        <Fact name={t.may}>{permissions?.map((one) => t.scope[one] ?? one).join(', ') ?? t.all}</Fact>
        <Fact name={t.lastUsed}>{lastUsedAt === null ? t.never : <Ago at={lastUsedAt} />}</Fact>
        <Fact name={t.created}>
          <Ago at={createdAt} />
        </Fact>
        <Fact name={t.expires}>{new Date(expiresAt).toLocaleDateString()}</Fact>
      </dl>
      {!over && (
        <button type="button" class="solid" onClick={onRevoke} aria-label={`${t.revoke}: ${name}`}>
          {t.revoke}
        </button>
      )}
    </li>
  );
}

function SessionRow({ session, onEnd }: { session: SessionItem; onEnd: () => void }) {
  const t = useTextsOf(TOKENS);
  const { userAgent, createdAt, lastSeenAt, expiresAt, current } = session;
  return (
    <li class="row">
      <h4>
        {userAgent === null ? t.unknown : <Visible text={userAgent} />}
        {current && <span class="badge good">{t.current}</span>}
      </h4>
      <dl class="facts">
        <Fact name={t.seen}>
          <Ago at={lastSeenAt} />
        </Fact>
        <Fact name={t.created}>
          <Ago at={createdAt} />
        </Fact>
        <Fact name={t.expires}>{new Date(expiresAt).toLocaleString()}</Fact>
      </dl>
      {!current && (
        <button type="button" class="solid" onClick={onEnd}>
          {t.end}
        </button>
      )}
    </li>
  );
}
