import type { Queryable } from './database.js';

/** A source as operators see it. */
export interface SourceState {
  readonly source: string;
  /** The worker whose lease has not run out. */
  readonly holder: string | null;
  readonly paused: boolean;
  readonly health: unknown;
  readonly hasCursor: boolean;
  /** When the cursor last moved. */
  readonly updatedAt: Date;
}

export function listSources(db: Queryable): Promise<SourceState[]> {
  return db.query<SourceState>(
    `select source, case when lease_until >= now() then holder end as holder, paused, health,
            cursor is not null as "hasCursor", updated_at as "updatedAt"
       from sources order by source`,
  );
}

/** Takes the source away from whoever reads it, or gives it free again. */
export async function pauseSource(db: Queryable, source: string, paused: boolean): Promise<void> {
  await db.query(
    `insert into sources (source, paused) values ($1, $2)
     on conflict (source) do update set paused = excluded.paused, ${TAKEN_AWAY}`,
    [source, paused],
  );
}

/**
 * Lets the source be read on from elsewhere. It is taken away from whoever reads it, so that what the reader still has in
 * hand cannot move the cursor back.
 *
 * @param cursor null for the beginning
 */
export async function rewindSource(db: Queryable, source: string, cursor: object | null): Promise<void> {
  await db.query(
    `insert into sources (source, cursor) values ($1, $2)
     on conflict (source) do update set cursor = excluded.cursor, updated_at = now(), ${TAKEN_AWAY}`,
    [source, cursor && JSON.stringify(cursor)],
  );
}

const TAKEN_AWAY = 'holder = null, lease_until = null, fence = sources.fence + 1';
