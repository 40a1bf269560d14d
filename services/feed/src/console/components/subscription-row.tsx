import type { SubscriptionItem } from '../../routes/subscriptions.js';
import { useTextsOf } from '../language.js';
import { deleteOwn } from '../load.js';
import { pauseSubscription } from '../saved-queries.js';
import { QUERIES } from '../texts/queries.js';
import { Fact } from './fact.js';
import { Visible } from './marked-text.js';
import { Ago } from './spans.js';

const TONES = { active: 'good', failing: 'bad', paused: 'idle', ended: 'warn' } as const;

/** Where what a query finds is sent, and how that fares. */
export function SubscriptionRow({
  subscription,
  attempt,
}: {
  readonly subscription: SubscriptionItem;
  /** Waits for a change, and says why when it fails. */
  readonly attempt: (work: Promise<unknown>) => void;
}) {
  const t = useTextsOf(QUERIES);
  const {
    subscriptionId: id,
    kind,
    url,
    recipient,
    state,
    failures,
    endedWhy,
    lastError,
    sentAt,
    sentFlags,
  } = subscription;
  const health = state === 'active' && failures > 0 ? 'failing' : state;
  const address = url ?? recipient ?? '';
  const error = endedWhy ?? lastError;
  const pausing = state === 'active';
  return (
    <div class="subscription">
      <p>
        <span class={`badge ${TONES[health]}`}>{t.states[health]}</span> {kind === 'webhook' ? t.webhook : t.digest}{' '}
        <Visible text={address} />
      </p>
      <dl class="facts">
        <Fact name={t.sent}>{sentFlags}</Fact>
        <Fact name={t.last}>{sentAt === null ? t.never : <Ago at={sentAt} />}</Fact>
        {error !== null && (
          <Fact name={t.error} wide alarm={health === 'failing'}>
            <Visible text={error} />
          </Fact>
        )}
      </dl>
      <div class="query-actions">
        <button type="button" class="solid" onClick={() => attempt(pauseSubscription(id, !pausing))}>
          {pausing ? t.pause : t.resume}
        </button>
        <button
          type="button"
          class="solid"
          aria-label={`${t.remove}: ${address}`}
          onClick={() => attempt(deleteOwn('subscriptions', id))}
        >
          {t.remove}
        </button>
      </div>
    </div>
  );
}
