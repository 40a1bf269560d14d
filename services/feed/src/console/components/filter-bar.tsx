import type { RefObject } from 'preact';
import type { Summary } from '../../routes/summary.js';
import { CATEGORIES, NO_FILTERS, searchOf, type Filters } from '../filters.js';
import { useTexts } from '../language.js';

export function FilterBar(props: {
  filters: Filters;
  summary: Summary | undefined;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (filters: Filters) => void;
}) {
  const { filters, summary, searchRef, onChange } = props;
  const t = useTexts();
  const set = (change: Partial<Filters>) => onChange({ ...filters, ...change });
  const platforms = new Set([...Object.keys(summary?.flags.byPlatform ?? {}), filters.platform].filter(Boolean));
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
      <select
        aria-label={t.platform}
        value={filters.platform}
        onChange={(event) => set({ platform: event.currentTarget.value })}
      >
        <option value="">{t.allPlatforms}</option>
        {[...platforms].sort().map((platform) => (
          <option key={platform} value={platform}>
            {platform}
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
      {filters.campaign && (
        <button type="button" class="chip" onClick={() => set({ campaign: '' })}>
          {t.oneCampaign} <span aria-hidden="true">×</span>
        </button>
      )}
      {searchOf(filters) !== '' && (
        <button type="button" class="quiet" onClick={() => onChange(NO_FILTERS)}>
          {t.clear}
        </button>
      )}
    </div>
  );
}
