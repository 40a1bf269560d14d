import type { RefObject } from 'preact';
import type { Summary } from '../../routes/summary.js';
import { PlatformSelect } from '../components/platform-select.js';
import { CATEGORIES, NO_FILTERS, searchOf, STATES, type Filters } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { DECISIONS } from '../texts/decisions.js';
import { QUEUE } from '../texts/queue.js';

const SCORES = ['0.6', '0.7', '0.8', '0.9', '0.95'];
/** Chosen by a link or by hand in the address; here they can be taken away. */
const CHIPS = ['language', 'label', 'from', 'to'] as const;

export function FilterBar(props: {
  filters: Filters;
  summary: Summary | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (filters: Filters) => void;
}) {
  const { filters, summary, searchRef, onChange } = props;
  const t = useTexts();
  const words = useTextsOf(QUEUE);
  const { states } = useTextsOf(DECISIONS);
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const scores = new Set([...SCORES, filters.minScore].filter(Boolean));
  return (
    <div class="filter-bar" role="search">
      <div class="switch categories" role="group" aria-label={t.all}>
        {(['', ...CATEGORIES] as const).map((category) => (
          <button
            type="button"
            key={category}
            class={category || 'all'}
            aria-pressed={filters.category === category}
            onClick={() => set({ category })}
          >
            {category ? t[category] : t.all}
            {summary && (
              <span class="count">{category ? (summary.flags.byCategory[category] ?? 0) : summary.flags.total}</span>
            )}
          </button>
        ))}
      </div>
      <button
        type="button"
        class="audit-switch"
        aria-pressed={filters.audit === 'true'}
        title={t.auditHint}
        onClick={() => set({ audit: filters.audit ? '' : 'true' })}
      >
        {t.audit}
        {summary && <span class="count">{summary.audits.picked - summary.audits.judged}</span>}
      </button>
      {!filters.audit && (
        <select
          aria-label={words.state}
          value={filters.state}
          onChange={(event) => set({ state: event.currentTarget.value as Filters['state'] })}
        >
          {STATES.map((state) => (
            <option key={state} value={state}>
              {state === 'any' ? words.anyState : states[state]}
            </option>
          ))}
        </select>
      )}
      <PlatformSelect value={filters.platform} summary={summary} onChange={(platform) => set({ platform })} />
      <select
        aria-label={words.minScore}
        value={filters.minScore}
        onChange={(event) => set({ minScore: event.currentTarget.value })}
      >
        <option value="">{words.anyScore}</option>
        {[...scores].sort().map((score) => (
          <option key={score} value={score}>
            ≥ {score}
          </option>
        ))}
      </select>
      <input
        type="search"
        ref={searchRef}
        aria-label={t.search}
        placeholder={`${t.search}  /`}
        maxLength={200}
        value={filters.q}
        onInput={(event) => set({ q: event.currentTarget.value })}
      />
      {CHIPS.map(
        (name) =>
          filters[name] && (
            <button type="button" key={name} class="chip" onClick={() => set({ [name]: '' })}>
              {words.filters[name]}: {filters[name]} <span aria-hidden="true">×</span>
            </button>
          ),
      )}
      {searchOf(filters) !== '' && (
        <button type="button" class="quiet" onClick={() => onChange(NO_FILTERS)}>
          {t.clear}
        </button>
      )}
    </div>
  );
}
