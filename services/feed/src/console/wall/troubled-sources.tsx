import { useDesk } from '../desk.js';
import { useTextsOf } from '../language.js';
import { worstFirst } from '../source-order.js';
import { SOURCES } from '../texts/sources.js';
import { WALL } from '../texts/wall.js';

const SHOWN = 4;

/** Sources that fail, or that no worker reads. */
export function TroubledSources() {
  const t = useTextsOf(WALL);
  const { states } = useTextsOf(SOURCES);
  const { sources } = useDesk();
  const troubled = worstFirst(sources ?? []).filter(({ state }) => state === 'failing' || state === 'unread');
  const words = sources?.length === 0 ? t.noSources : t.allWell(sources?.length ?? 0);
  return (
    <section class={`wall-sources ${troubled.length > 0 ? 'alarm' : ''}`} aria-labelledby="wall-sources">
      <h2 id="wall-sources">{t.sources}</h2>
      {sources && troubled.length === 0 && <p>{words}</p>}
      {troubled.length > 0 && (
        <ul>
          {troubled.slice(0, SHOWN).map(({ source, state }) => (
            <li key={source}>
              <bdi>{source}</bdi> <small>{states[state] ?? state}</small>
            </li>
          ))}
          {troubled.length > SHOWN && <li>{t.more(troubled.length - SHOWN)}</li>}
        </ul>
      )}
    </section>
  );
}
