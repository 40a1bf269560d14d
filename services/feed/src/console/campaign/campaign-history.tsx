import type { CampaignAnswer } from '../../routes/campaign.js';
import { Visible } from '../components/marked-text.js';
import { Ago } from '../components/spans.js';
import { useTextsOf } from '../language.js';
import { CAMPAIGN } from '../texts/campaign.js';
import { DECISIONS } from '../texts/decisions.js';

type PastDecision = CampaignAnswer['history'][number];

/** What people decided and said about it and its copies, newest first. */
export function CampaignHistory({ history }: Pick<CampaignAnswer, 'history'>) {
  const t = useTextsOf(CAMPAIGN);
  return (
    <section class="row">
      <h3>{t.history}</h3>
      {history.length === 0 && <p class="none">{t.noHistory}</p>}
      <ol class="history">
        {history.map((past) => (
          <li key={past.decisionId}>
            <Said past={past} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Said({ past }: { past: PastDecision }) {
  const t = useTextsOf(CAMPAIGN);
  const { reasons } = useTextsOf(DECISIONS);
  const { action, flagId, reason, assignee, into, standing, undoneBy, decidedBy, decidedAt } = past;
  const words = (
    <>
      <strong>{t.did[action]}</strong>
      {assignee !== null && (
        <>
          {' → '}
          <bdi>
            <Visible text={assignee} />
          </bdi>
        </>
      )}
    </>
  );
  return (
    <>
      {undoneBy === null ? words : <s>{words}</s>} {flagId !== null && t.ofOneCopy}{' '}
      {into !== null && <a href={`#/campaigns/${into}`}>{t.intoWhich}</a>} <bdi>{decidedBy}</bdi> <Ago at={decidedAt} />
      {undoneBy !== null && <span class="badge idle">{t.undone}</span>}
      {standing !== 'counts' && <span class="badge warn">{t.standings[standing]}</span>}
      {reason !== null && reason !== '' && (
        <p class="said-so">{(action === 'dismiss' && reasons[reason]) || <Visible text={reason} />}</p>
      )}
    </>
  );
}
