import { useState } from 'preact/hooks';
import type { ClaimItem } from '../../routes/claims.js';
import { useTextsOf } from '../language.js';
import { useMay } from '../session.js';
import { CLAIMS } from '../texts/claims.js';
import type { Claims } from '../use-claims.js';
import { Fact } from './fact.js';
import { Visible } from './marked-text.js';
import { OutsideLink } from './outside-link.js';
import { RewordDialog } from './reword-dialog.js';
import { Ago } from './spans.js';

const TONES = { active: 'info', confirmed: 'good', disabled: 'idle' } as const;
const NEXT_STATES = {
  active: ['confirmed', 'disabled'],
  confirmed: ['disabled'],
  disabled: ['active'],
} as const satisfies Record<ClaimItem['state'], readonly ClaimItem['state'][]>;

/** A claim as its checker words it, and what may be done with it. All of it was written elsewhere. */
export function ClaimRow({ claim, onChange }: { claim: ClaimItem; onChange: Claims['change'] }) {
  const t = useTextsOf(CLAIMS);
  const mayDecide = useMay('decide');
  const [sending, setSending] = useState<'' | 'saving' | 'failed'>('');
  const { claimId, text, verdict, debunked, url, publisher, publishedAt, origin, state, editedBy } = claim;
  const [rewording, setRewording] = useState(false);
  const change = (wanted: Parameters<Claims['change']>[1]) => {
    setRewording(false);
    setSending('saving');
    onChange(claimId, wanted).then(
      () => setSending(''),
      () => setSending('failed'),
    );
  };
  return (
    <li class="row claim-row">
      <h3>
        <bdi>
          <Visible text={text} />
        </bdi>
      </h3>
      <p class="choices-of-claim">
        <span class={`badge ${debunked ? 'bad' : 'idle'}`}>
          <Visible text={verdict} />
        </span>
        <span class={`badge ${TONES[state]}`}>{t.states[state]}</span>
        {!debunked && (
          <span class="badge idle" title={t.notMatchedHint}>
            {t.notMatched}
          </span>
        )}
      </p>
      <dl class="facts">
        <Fact name={t.publisher}>
          <Visible text={publisher} />
        </Fact>
        <Fact name={t.published}>
          <Ago at={publishedAt} />
        </Fact>
        <Fact name={t.origin}>{t.origins[origin]}</Fact>
        {editedBy !== null && (
          <Fact name={t.editedBy}>
            <Visible text={editedBy} />
          </Fact>
        )}
        <Fact name={t.source} wide>
          <OutsideLink url={url} otherwise={<Visible text={url} />} />
        </Fact>
      </dl>
      {mayDecide && (
        <p class="choices-of-claim">
          {NEXT_STATES[state].map((to) => (
            <button
              type="button"
              key={to}
              class="solid"
              disabled={sending === 'saving'}
              aria-label={`${t.actions[to]}: ${text}`}
              onClick={() => change({ state: to })}
            >
              {t.actions[to]}
            </button>
          ))}
          <button
            type="button"
            class="solid"
            disabled={sending === 'saving'}
            aria-label={`${t.reword}: ${text}`}
            onClick={() => setRewording(true)}
          >
            {t.reword}
          </button>
          {sending === 'failed' && (
            <span role="alert" class="claim-failure">
              {t.failed}
            </span>
          )}
        </p>
      )}
      {rewording && (
        <RewordDialog text={text} verdict={verdict} onClose={() => setRewording(false)} onReword={change} />
      )}
    </li>
  );
}
