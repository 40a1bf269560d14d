import { useRef, useState } from 'preact/hooks';
import type { NoticeDetail } from '../../routes/notices.js';
import { useTexts, useTextsOf } from '../language.js';
import { decideDelivery } from '../load.js';
import { useMay } from '../session.js';
import { NOTICES } from '../texts/notices.js';
import { Visible } from './marked-text.js';
import { toneOf } from './notice-badge.js';
import { Fact } from './fact.js';
import { Ago } from './spans.js';

type Delivery = NoticeDetail['deliveries'][number];
type Word = Delivery['words'][number];

/** One revision, or a message about the notice, on its way; and what a person may say where nothing else can tell. */
export function DeliveryRow({ delivery, onDecided }: { delivery: Delivery; onDecided: () => void }) {
  const all = useTexts();
  const t = useTextsOf(NOTICES);
  const row = useRef<HTMLLIElement>(null);
  const [said, setSaid] = useState<'' | 'decided' | 'conflict'>('');
  const { state, revision, kind, channel, attempts, createdAt, nextAttemptAt, deliveredAt, lastError, inDoubt } =
    delivery;
  return (
    <li class="row" ref={row} tabIndex={-1}>
      <h3>
        {t.revision(revision)}
        {kind !== 'notice' && ` · ${t.kinds[kind] ?? kind}`}
        <span class={`badge ${toneOf(state)}`}>{all.states[state] ?? state}</span>
      </h3>
      <dl class="facts">
        <Fact name={t.channel}>{channel}</Fact>
        <Fact name={t.attempts}>{attempts.toLocaleString()}</Fact>
        <Fact name={t.made}>
          <Ago at={createdAt} />
        </Fact>
        {deliveredAt !== null && (
          <Fact name={t.arrivedAt}>
            <Ago at={deliveredAt} />
          </Fact>
        )}
        {(state === 'scheduled' || state === 'uncertain') && (
          <Fact name={t.scheduledAt}>{new Date(nextAttemptAt).toLocaleString()}</Fact>
        )}
        {lastError !== null && (
          <Fact name={t.lastError} wide alarm={state !== 'delivered'}>
            <Visible text={lastError} />
          </Fact>
        )}
        {inDoubt.length > 0 && (
          <Fact name={t.inDoubt} wide>
            {inDoubt.map((item) => (
              <div key={item}>
                <Visible text={item} />
              </div>
            ))}
          </Fact>
        )}
      </dl>
      {delivery.words.length > 0 && (
        <Decision
          delivery={delivery}
          onSaid={(what) => {
            setSaid(what);
            // The buttons go, so the focus would be lost.
            row.current?.focus();
            onDecided();
          }}
        />
      )}
      <p class="said" role="status">
        {said !== '' && t[said]}
      </p>
    </li>
  );
}

function Decision(props: { delivery: Delivery; onSaid: (what: 'decided' | 'conflict') => void }) {
  const { deliveryId, state, words, toForward } = props.delivery;
  const all = useTexts();
  const t = useTextsOf(NOTICES);
  const may = useMay('decide');
  const [saving, setSaving] = useState<'' | 'saving' | 'failed'>('');
  const say = (word: Word) => {
    setSaving('saving');
    decideDelivery(deliveryId, word).then(props.onSaid, () => setSaving('failed'));
  };
  const label = (word: Word) => (word === 'send-again' ? t.sendAgain : state === 'by-hand' ? t.sent : t.arrived);
  return (
    <form class="delivery-decision" onSubmit={(event) => event.preventDefault()}>
      <p>{state === 'by-hand' ? t.byHandHint : state === 'failed' ? t.failedHint : t.unsureHint}</p>
      {toForward !== null && (
        <pre tabIndex={0} aria-label={t.toForward}>
          <Visible text={toForward} />
        </pre>
      )}
      <div class="choices" title={may ? undefined : all.account.mayNot}>
        {words.map((word) => (
          <button
            type="button"
            key={word}
            class="solid"
            disabled={!may || saving === 'saving'}
            onClick={() => say(word)}
          >
            {label(word)}
          </button>
        ))}
      </div>
      {saving === 'failed' && <p role="alert">{t.failed}</p>}
    </form>
  );
}
