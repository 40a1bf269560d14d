import { useState } from 'preact/hooks';
import type { RumourItem } from '../../routes/rumours.js';
import { Fact } from '../components/fact.js';
import { Visible } from '../components/marked-text.js';
import { OutsideLink } from '../components/outside-link.js';
import { Ago } from '../components/spans.js';
import { KnownHoaxDialog } from '../decisions/known-hoax-dialog.js';
import { useTextsOf } from '../language.js';
import { Sparkline } from '../queue/sparkline.js';
import { useMay } from '../session.js';
import { RISING } from '../texts/rising.js';
import type { Rumours } from './use-rumours.js';

const TONES = { unverified: 'warn', dismissed: 'idle', debunked: 'bad' } as const;
const TEXT_SHOWN = 280;

type Sending = '' | 'saving' | 'failed' | 'claimed';

/** A rumour with how it spreads, and what may be done about it. All of its texts were written elsewhere. */
export function RumourRow(props: {
  rumour: RumourItem;
  onHide: (rumourId: string) => Promise<void>;
  onShow: Rumours['decide'];
  onClaim: Rumours['claim'];
}) {
  const { rumour, onHide, onShow, onClaim } = props;
  const t = useTextsOf(RISING);
  const mayDecide = useMay('decide');
  const [asking, setAsking] = useState(false);
  const [sending, setSending] = useState<Sending>('');
  const { rumourId, state, posts, voices, growth, timeline, platforms, firstSeenAt, lastSeenAt, campaign } = rumour;
  const [first] = rumour.examples;
  const record = (work: Promise<void>, then: Sending) => {
    setSending('saving');
    work.then(
      () => setSending(then),
      () => setSending('failed'),
    );
  };
  return (
    <li class="row rumour-row">
      <h3>
        <bdi>
          <Visible text={cut(first?.text ?? '')} />
        </bdi>
      </h3>
      <p class="choices-of-claim">
        <span class={`badge ${TONES[state]}`}>{t.states[state]}</span>
        {campaign && (
          <a href={`#/campaigns/${campaign.campaignId}`}>
            {state === 'debunked' ? t.debunkedAs(campaign.size) : t.flaggedIn(campaign.size)}
          </a>
        )}
      </p>
      <Sparkline timeline={timeline} label={t.timeline(posts)} />
      <dl class="facts">
        <Fact name={t.copies}>{posts.toLocaleString()}</Fact>
        <Fact name={t.voices}>{voices.toLocaleString()}</Fact>
        <Fact name={t.growth}>
          <span title={t.growthHint}>{growth.toLocaleString()}</span>
        </Fact>
        <Fact name={t.platforms}>
          <bdi>{platforms.map(({ platform, posts: n }) => `${platform} (${n})`).join(', ')}</bdi>
        </Fact>
        <Fact name={t.first}>
          <Ago at={firstSeenAt} />
        </Fact>
        <Fact name={t.last}>
          <Ago at={lastSeenAt} />
        </Fact>
        {rumour.decidedBy !== null && (
          <Fact name={t.decidedBy}>
            <Visible text={rumour.decidedBy} />
          </Fact>
        )}
      </dl>
      <details>
        <summary>{t.examples(rumour.examples.length)}</summary>
        <ol class="rumour-examples">
          {rumour.examples.map((example) => (
            <li key={example.postId}>
              <p dir="auto">
                <Visible text={cut(example.text)} />
              </p>
              <OutsideLink
                class="rumour-source"
                url={example.url}
                otherwise={<bdi class="rumour-source">{example.platform}</bdi>}
              />
            </li>
          ))}
        </ol>
      </details>
      {mayDecide && state !== 'debunked' && (
        <p class="choices-of-claim">
          {sending !== 'claimed' && (
            <button type="button" class="solid" disabled={sending === 'saving'} onClick={() => setAsking(true)}>
              {t.knownHoax}
            </button>
          )}
          {state === 'unverified' ? (
            <button
              type="button"
              class="solid"
              disabled={sending === 'saving'}
              onClick={() => record(onHide(rumourId), '')}
            >
              {t.noRumour}
            </button>
          ) : (
            <button
              type="button"
              class="solid"
              disabled={sending === 'saving'}
              onClick={() => record(onShow(rumourId, 'unverified'), '')}
            >
              {t.aRumour}
            </button>
          )}
          {sending === 'claimed' && <span role="status">{t.claimed}</span>}
          {sending === 'failed' && (
            <span role="alert" class="claim-failure">
              {t.failed}
            </span>
          )}
        </p>
      )}
      {asking && (
        <KnownHoaxDialog
          onClose={() => setAsking(false)}
          onClaim={(claim) => {
            setAsking(false);
            record(onClaim(rumourId, claim), 'claimed');
          }}
        />
      )}
    </li>
  );
}

const cut = (text: string): string => (text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN).trimEnd()}…` : text);
