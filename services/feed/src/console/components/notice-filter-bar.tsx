import type { Summary } from '../../routes/summary.js';
import { CATEGORIES } from '../filters.js';
import { useTexts, useTextsOf } from '../language.js';
import { NOTICES } from '../texts/notices.js';
import { NO_NOTICE_FILTERS, NOTICE_SETS, NOTICE_STATES, noticeQuery, type NoticeFilters } from '../notice-filters.js';
import { PlatformSelect } from './platform-select.js';

export function NoticeFilterBar(props: {
  filters: NoticeFilters;
  summary: Summary | undefined;
  onChange: (filters: NoticeFilters) => void;
}) {
  const { filters, summary, onChange } = props;
  const all = useTexts();
  const t = useTextsOf(NOTICES);
  const set = (change: Partial<NoticeFilters>) => onChange({ ...filters, ...change });
  return (
    <div class="filter-bar" role="search">
      <select
        aria-label={t.state}
        value={filters.state}
        onChange={(event) => set({ state: event.currentTarget.value })}
      >
        {NOTICE_SETS.map((state) => (
          <option key={state} value={state}>
            {t.sets[state]}
          </option>
        ))}
        {NOTICE_STATES.map((state) => (
          <option key={state} value={state}>
            {all.states[state] ?? state}
          </option>
        ))}
      </select>
      <PlatformSelect value={filters.platform} summary={summary} onChange={(platform) => set({ platform })} />
      <select
        aria-label={t.category}
        value={filters.category}
        onChange={(event) => set({ category: event.currentTarget.value as NoticeFilters['category'] })}
      >
        <option value="">{t.allCategories}</option>
        {CATEGORIES.map((category) => (
          <option key={category} value={category}>
            {all[category]}
          </option>
        ))}
      </select>
      {noticeQuery(filters) !== '' && (
        <button type="button" class="quiet" onClick={() => onChange(NO_NOTICE_FILTERS)}>
          {all.clear}
        </button>
      )}
    </div>
  );
}
