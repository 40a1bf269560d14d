import '../styles/data-table.css';

export interface TableWords {
  readonly columns: readonly { readonly name: string; readonly isNumber?: boolean }[];
  readonly rows: readonly (readonly string[])[];
  readonly total?: readonly string[];
}

/** A table with a head, the name of each row first, and what the rows come to. On a narrow page it scrolls by itself. */
export function DataTable(props: { table: TableWords; labelledBy: string; none: string }) {
  const { columns, rows, total } = props.table;
  const cells = (row: readonly string[]) =>
    row.map((text, at) =>
      at === 0 ? (
        <th scope="row">
          <bdi>{text}</bdi>
        </th>
      ) : (
        <td class={columns[at]?.isNumber ? 'number' : undefined}>{text}</td>
      ),
    );
  return (
    <div class="data-table" role="region" aria-labelledby={props.labelledBy} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map(({ name, isNumber }) => (
              <th scope="col" class={isNumber ? 'number' : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr>{cells(row)}</tr>
          ))}
          {rows.length === 0 && (
            <tr>
              <td colSpan={columns.length}>{props.none}</td>
            </tr>
          )}
        </tbody>
        {total && (
          <tfoot>
            <tr>{cells(total)}</tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
