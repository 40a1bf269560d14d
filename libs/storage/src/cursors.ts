import type { Queryable } from './database.js';

/** @returns what was saved for the source, or undefined when it has never run */
export async function loadCursor(db: Queryable, source: string): Promise<unknown> {
  const [row] = await db.query<{ cursor: unknown }>('select cursor from source_cursors where source = $1', [source]);
  return row?.cursor;
}

/** Call only after Kafka has acknowledged everything before the cursor. */
export async function saveCursor(db: Queryable, source: string, cursor: object): Promise<void> {
  await db.query(
    `insert into source_cursors (source, cursor) values ($1, $2)
     on conflict (source) do update set cursor = excluded.cursor, updated_at = now()`,
    [source, JSON.stringify(cursor)],
  );
}
