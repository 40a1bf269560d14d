import { useState } from 'preact/hooks';
import type { SubscriptionItem } from '../../routes/subscriptions.js';
import type { QueryItem } from '../../saved/saved-query.js';
import { useTextsOf } from '../language.js';
import { deleteOwn } from '../load.js';
import { detailOf, makeFeed, subscribe, wordsOfQuery } from '../saved-queries.js';
import { QUERIES } from '../texts/queries.js';
import { Visible } from './marked-text.js';
import { SubscriptionRow } from './subscription-row.js';

interface Props {
  readonly query: QueryItem;
  readonly subscriptions: readonly SubscriptionItem[];
  readonly mayDecide: boolean;
  readonly onChanged: () => void;
}

/** A saved query, its addresses, and the reader's subscriptions to it. */
export function QueryRow({ query, subscriptions, mayDecide, onChanged }: Props) {
  const t = useTextsOf(QUERIES);
  const [address, setAddress] = useState('');
  const [once, setOnce] = useState<string>();
  const [failure, setFailure] = useState<string>();
  const { queryId, name, owner, shared, mine } = query;
  /** What comes of the work is a secret, or nothing that is shown here. */
  const attempt = (work: Promise<unknown>) =>
    void work.then(
      (secret) => {
        setFailure(undefined);
        setOnce(typeof secret === 'string' ? secret : undefined);
        onChanged();
      },
      (error: unknown) => setFailure(detailOf(error) ?? t.failed),
    );
  const add = (event: Event) => {
    event.preventDefault();
    const given = address.trim();
    const way = /^https?:/.test(given) ? { kind: 'webhook', url: given } : { kind: 'digest', recipient: given };
    attempt(
      subscribe(queryId, way).then(({ secret }) => {
        setAddress('');
        return secret;
      }),
    );
  };
  return (
    <li class="row">
      <h3>
        <bdi>
          <Visible text={name} />
        </bdi>
        {shared && <span class="badge idle">{t.sharedBy(owner)}</span>}
      </h3>
      <p class="query-words">
        <Visible text={wordsOfQuery(query.query).join(' · ') || t.everything} />
      </p>
      <div class="query-actions">
        <a href={`/v1/queries/${queryId}/flags.csv`} download>
          CSV
        </a>
        <a href={`/v1/queries/${queryId}/flags.ndjson`} download>
          NDJSON
        </a>
        {mine && mayDecide && (
          <>
            <button type="button" class="solid" onClick={() => attempt(makeFeed(queryId).then(({ atom }) => atom))}>
              {t.feed}
            </button>
            <button
              type="button"
              class="solid"
              aria-label={`${t.remove}: ${name}`}
              onClick={() => attempt(deleteOwn('queries', queryId))}
            >
              {t.remove}
            </button>
          </>
        )}
      </div>
      {once !== undefined && (
        <p role="status" class="query-once">
          {t.once} <code>{once}</code>
        </p>
      )}
      {subscriptions.map((subscription) => (
        <SubscriptionRow key={subscription.subscriptionId} subscription={subscription} attempt={attempt} />
      ))}
      {mayDecide && (
        <form class="query-form" onSubmit={add}>
          <label>
            {t.webhookOrMail}
            <input
              value={address}
              maxLength={2048}
              required
              onInput={(event) => setAddress(event.currentTarget.value)}
            />
          </label>
          <button type="submit" class="solid">
            {t.subscribe}
          </button>
        </form>
      )}
      {failure !== undefined && (
        <p role="alert" class="query-alert">
          {failure}
        </p>
      )}
    </li>
  );
}
