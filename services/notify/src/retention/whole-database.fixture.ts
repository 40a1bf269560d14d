import type { Queryable } from '@siaga/storage';

/** @returns table -> how many of its rows hold the text, in whatever column; and, but for the evidence's, the planner's statistics */
export async function whereIsText(db: Queryable, text: string): Promise<Record<string, number>> {
  const tables = await db.query<{ name: string }>(
    `select quote_ident(table_name) as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  await db.query('analyze');
  const found: Record<string, number> = {};
  const count = async (name: string, from: string) => {
    const [row] = await db.query<{ count: number }>(
      `select count(*)::int as count from ${from} x where strpos(x::text, $1) > 0`,
      [text],
    );
    if (row && row.count > 0) found[name] = row.count;
  };
  for (const { name } of tables) await count(name, name);
  const statistics = await db.query<{ name: string }>(
    `select 'statistics of ' || tablename || '.' || attname as name from pg_stats x
      where schemaname = 'public' and tablename <> 'evidence' and strpos(x::text, $1) > 0`,
    [text],
  );
  for (const { name } of statistics) found[name] = 1;
  return found;
}
