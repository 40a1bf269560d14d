import type { SourceItem } from '../../routes/sources.js';
import { useDesk } from '../desk.js';
import { useTexts, useTextsOf } from '../language.js';
import { worstFirst } from '../source-order.js';
import { SOURCES } from '../texts/sources.js';
import { spanWords } from '../../time-words.js';
import { Fact } from './fact.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';
import '../styles/rows.css';

const TONES: Readonly<Record<string, string>> = { failing: 'bad', unread: 'bad', starting: 'warn', running: 'good' };

const COMMANDS = `npm run sources -- add feed name=antara url=https://www.antaranews.com/rss/terkini.xml --file sources.yaml
npm run sources -- check --file sources.yaml
npm start -- --sources sources.yaml`;

/** How the sources fare, as the workers that read them say; those in trouble first. */
export function SourcesView() {
  const t = useTextsOf(SOURCES);
  const { sources } = useDesk();
  return (
    <main>
      <ViewHeading>{t.title}</ViewHeading>
      {!sources && <ListState kind="loading" />}
      {sources?.length === 0 && (
        <div class="list-state" role="status">
          <h3>{t.empty}</h3>
          <p>{t.emptyHint}</p>
          <pre tabIndex={0}>{COMMANDS}</pre>
        </div>
      )}
      <ul class="rows" aria-label={t.list}>
        {sources && worstFirst(sources).map((source) => <SourceRow key={source.source} source={source} />)}
      </ul>
    </main>
  );
}

function SourceRow({ source }: { source: SourceItem }) {
  const { units } = useTexts();
  const t = useTextsOf(SOURCES);
  const { state, worker, posts, lastEventAt, lagMs, lastError } = source;
  return (
    <li class="row">
      <h3>
        <bdi>{source.source}</bdi>
        <span class={`badge ${TONES[state] ?? 'idle'}`}>{t.states[state] ?? state}</span>
      </h3>
      <dl class="facts">
        <Fact name={t.worker}>{worker ?? '–'}</Fact>
        <Fact name={t.posts}>{posts.toLocaleString()}</Fact>
        <Fact name={t.lastEvent}>{lastEventAt === null ? t.none : <Ago at={lastEventAt} />}</Fact>
        {lagMs !== null && <Fact name={t.lag}>{spanWords(lagMs, units)}</Fact>}
        {lastError !== null && (
          <Fact name={t.lastError} wide alarm={state === 'failing'}>
            <Visible text={lastError} />
          </Fact>
        )}
      </dl>
    </li>
  );
}
