import type { ComponentChildren } from 'preact';
import type { SourceItem } from '../../routes/sources.js';
import { useTexts } from '../language.js';
import { worstFirst } from '../source-order.js';
import { spanWords } from '../time-words.js';
import { ListState } from './list-state.js';
import { Visible } from './marked-text.js';
import { Ago } from './spans.js';
import { ViewHeading } from './view-heading.js';

const TONES: Readonly<Record<string, string>> = { failing: 'bad', unread: 'bad', starting: 'warn', running: 'good' };

const COMMANDS = `npm run sources -- add feed name=antara url=https://www.antaranews.com/rss/terkini.xml --file sources.yaml
npm run sources -- check --file sources.yaml
npm start -- --sources sources.yaml`;

/** How the sources fare, as the workers that read them say; those in trouble first. */
export function SourcesView({ sources }: { sources: readonly SourceItem[] | undefined }) {
  const t = useTexts();
  return (
    <main>
      <ViewHeading>{t.sources.title}</ViewHeading>
      {!sources && <ListState kind="loading" />}
      {sources?.length === 0 && (
        <div class="list-state" role="status">
          <h3>{t.sources.empty}</h3>
          <p>{t.sources.emptyHint}</p>
          <pre tabIndex={0}>{COMMANDS}</pre>
        </div>
      )}
      <ul class="rows" aria-label={t.sources.list}>
        {sources && worstFirst(sources).map((source) => <SourceRow key={source.source} source={source} />)}
      </ul>
    </main>
  );
}

function SourceRow({ source }: { source: SourceItem }) {
  const t = useTexts();
  const { state, worker, posts, lastEventAt, lagMs, lastError } = source;
  return (
    <li class="row">
      <h3>
        <bdi>{source.source}</bdi>
        <span class={`badge ${TONES[state] ?? 'idle'}`}>{t.sources.states[state] ?? state}</span>
      </h3>
      <dl class="facts">
        <Fact name={t.sources.worker}>{worker ?? '–'}</Fact>
        <Fact name={t.sources.posts}>{posts.toLocaleString()}</Fact>
        <Fact name={t.sources.lastEvent}>{lastEventAt === null ? t.sources.none : <Ago at={lastEventAt} />}</Fact>
        {lagMs !== null && <Fact name={t.sources.lag}>{spanWords(lagMs, t.units)}</Fact>}
        {lastError !== null && (
          <Fact name={t.sources.lastError} wide alarm={state === 'failing'}>
            <Visible text={lastError} />
          </Fact>
        )}
      </dl>
    </li>
  );
}

/** A name and its value; a wide one has a line of its own. */
export function Fact(props: { name: string; children: ComponentChildren; wide?: boolean; alarm?: boolean }) {
  const { name, children, wide, alarm } = props;
  return (
    <div class={`${wide ? 'wide' : ''} ${alarm ? 'alarm' : ''}`}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
