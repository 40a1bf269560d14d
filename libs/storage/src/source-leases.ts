import type { Queryable } from './database.js';

/** A source that this worker may read, until the lease runs out. */
export interface SourceLease {
  readonly source: string;
  readonly holder: string;
  /** Whoever holds the lease later has a greater one. */
  readonly fence: number;
  /** Where to go on; null for a source that has never run. */
  readonly cursor: unknown;
}

/** Another worker has the source by now, or a person has paused or rewound it: stop reading, and write nothing. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(source: string) {
    super(`the lease of ${source} is lost`);
  }
}

const FENCE = 'fence::double precision as fence';

/**
 * Says that the worker lives.
 *
 * @returns how many do, this one included
 */
export async function announceWorker(db: Queryable, worker: string, ttlMs: number): Promise<number> {
  const [row] = await db.query<{ live: number }>(
    `with me as (
       insert into ingest_workers (worker, seen_at) values ($1, now())
       on conflict (worker) do update set seen_at = excluded.seen_at
     ), gone as (
       delete from ingest_workers where worker <> $1 and seen_at < now() - $2 * interval '1 millisecond'
     )
     select 1 + count(*)::int as live from ingest_workers
      where worker <> $1 and seen_at >= now() - $2 * interval '1 millisecond'`,
    [worker, ttlMs],
  );
  return row?.live ?? 1;
}

/** The worker is gone, as it should be: the others need not wait to find out. */
export async function withdrawWorker(db: Queryable, worker: string): Promise<void> {
  await db.query('delete from ingest_workers where worker = $1', [worker]);
}

/** Makes rows for sources that have none, so that they can be leased. */
export async function declareSources(db: Queryable, sources: readonly string[]): Promise<void> {
  await db.query('insert into sources (source) select unnest($1::text[]) on conflict do nothing', [sources]);
}

/** @returns which of the sources a person has paused */
export async function pausedSources(db: Queryable, sources: readonly string[]): Promise<Set<string>> {
  const rows = await db.query<{ source: string }>('select source from sources where source = any($1) and paused', [
    sources,
  ]);
  return new Set(rows.map((row) => row.source));
}

/**
 * Takes sources that nobody holds, or whose holder has let its lease run out. What this worker itself held before it
 * was started again is free to it at once.
 */
export function takeSources(
  db: Queryable,
  { holder, among, limit, ttlMs }: { holder: string; among: readonly string[]; limit: number; ttlMs: number },
): Promise<SourceLease[]> {
  return db.query<SourceLease>(
    `update sources set holder = $1, fence = fence + 1, lease_until = now() + $4 * interval '1 millisecond'
      where source in (
        select source from sources
         where source = any($2) and not paused and (holder is null or holder = $1 or lease_until < now())
         order by source limit $3 for update skip locked
      )
      returning source, holder, ${FENCE}, cursor`,
    [holder, among, limit, ttlMs],
  );
}

/**
 * Extends leases and files what the holder says of its sources.
 *
 * @returns the sources that are still held
 */
export async function renewLeases(
  db: Queryable,
  leases: readonly { readonly lease: SourceLease; readonly health: object }[],
  ttlMs: number,
): Promise<Set<string>> {
  const rows = await db.query<{ source: string }>(
    `update sources s set lease_until = now() + $5 * interval '1 millisecond', health = held.health::jsonb
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) as held (source, holder, fence, health)
      where s.source = held.source and s.holder = held.holder and s.fence = held.fence
      returning s.source`,
    [
      leases.map(({ lease }) => lease.source),
      leases.map(({ lease }) => lease.holder),
      leases.map(({ lease }) => lease.fence),
      leases.map(({ health }) => JSON.stringify(health)),
      ttlMs,
    ],
  );
  return new Set(rows.map((row) => row.source));
}

/** Gives a source back, so that another worker can take it at once. */
export async function releaseSource(db: Queryable, { source, holder, fence }: SourceLease): Promise<void> {
  await db.query(
    'update sources set holder = null, lease_until = null where source = $1 and holder = $2 and fence = $3',
    [source, holder, fence],
  );
}

/**
 * Call only after Kafka has acknowledged everything before the cursor.
 *
 * @throws LeaseLost when the lease has changed hands; then nothing is written
 */
export async function saveCursor(db: Queryable, { source, holder, fence }: SourceLease, cursor: object): Promise<void> {
  const rows = await db.query(
    `update sources set cursor = $4, updated_at = now() where source = $1 and holder = $2 and fence = $3 returning 1`,
    [source, holder, fence, JSON.stringify(cursor)],
  );
  if (rows.length === 0) throw new LeaseLost(source);
}
