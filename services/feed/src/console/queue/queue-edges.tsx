import type { Summary } from '../../routes/summary.js';
import { ListState } from '../components/list-state.js';
import { NO_FILTERS, searchOf, type Filters } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { QUEUE } from '../texts/queue.js';
import { KEPT_AT_MOST } from './queue-state.js';
import type { Queue } from './use-queue.js';

/** What stands above the list, or in its place. */
export function QueueStart(props: {
  queue: Queue;
  filters: Filters;
  summary: Summary | undefined;
  onFilters: (filters: Filters) => void;
  onTop: () => void;
}) {
  const { queue, filters, summary, onFilters, onTop } = props;
  const { arrived, waiting, rows } = queue;
  const t = useTexts();
  const words = useTextsOf(QUEUE);
  const kind = kindOf(queue, filters);
  return (
    <>
      <p class="visually-hidden" aria-live="polite">
        {arrived > 0 && t.arrived(arrived)}
      </p>
      {waiting.length > 0 && (
        <button type="button" class="waiting" onClick={onTop}>
          ↑ {words.waiting(waiting.length)} <kbd aria-hidden="true">g</kbd>
        </button>
      )}
      {rows.length === 0 &&
        (kind === 'empty' && (summary?.flags.total ?? 0) > 0 ? (
          <div class="list-state" role="status">
            <h2>{words.allDone}</h2>
            <p>{words.allDoneHint}</p>
            <button type="button" class="solid" onClick={() => onFilters({ ...NO_FILTERS, state: 'any' })}>
              {words.showAll}
            </button>
          </div>
        ) : (
          <ListState kind={kind} onRetry={queue.retry} />
        ))}
    </>
  );
}

const AUDIT_ALONE = searchOf({ ...NO_FILTERS, audit: 'true' });

function kindOf({ phase }: Queue, filters: Filters) {
  if (phase !== 'ready') return phase;
  if (searchOf(filters) === AUDIT_ALONE) return 'no-audit' as const;
  return searchOf(filters) === '' ? ('empty' as const) : ('no-match' as const);
}

/** The way to what is older. */
export function QueueEnd({ queue: { rows, next, loadingMore, loadMore } }: { queue: Queue }) {
  const t = useTexts();
  if (rows.length >= KEPT_AT_MOST) return <p class="older">{t.limit}</p>;
  if (next === null) return null;
  return (
    <p class="older">
      <button type="button" class="solid" disabled={loadingMore} onClick={loadMore}>
        {loadingMore ? t.loading : t.more}
      </button>
    </p>
  );
}
