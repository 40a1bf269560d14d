import type { ComponentChildren } from 'preact';
import { useTextsOf } from '../language.js';
import { CHARTS } from '../texts/charts.js';
import { DataTable, type TableWords } from './data-table.js';

/** A question, the chart that answers it, and the same figures as a table. */
export function ChartFigure(props: {
  id: string;
  title: string;
  note: string;
  /** Undefined until they are loaded. */
  table: TableWords | undefined;
  /** Said in place of the chart while the table is empty. */
  empty?: string;
  children?: ComponentChildren;
}) {
  const t = useTextsOf(CHARTS);
  const { id, title, note, table, empty = t.empty, children } = props;
  return (
    <section class="chart" aria-labelledby={`chart-${id}`}>
      <h3 id={`chart-${id}`}>{title}</h3>
      <p class="note">{note}</p>
      {!table && <div class="card skeleton" aria-hidden="true" />}
      {table?.rows.length === 0 && <p class="nothing">{empty}</p>}
      {table && table.rows.length > 0 && (
        <>
          {children}
          <details>
            <summary id={`table-${id}`}>{t.table}</summary>
            <DataTable table={table} labelledBy={`chart-${id} table-${id}`} none={t.none} />
          </details>
        </>
      )}
    </section>
  );
}
