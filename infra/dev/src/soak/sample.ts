import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Database } from '@siaga/storage';

/** What is looked at, with its unit. */
export const MEASURES = {
  memory: 'resident memory, MB',
  heap: "JavaScript's heap, MB",
  handles: 'open file descriptors',
  sockets: 'of these, sockets',
  database: 'connections to PostgreSQL',
  tensors: 'tensors',
} as const;
export type Measure = keyof typeof MEASURES;

export interface Sampled {
  readonly name: string;
  readonly pid: number;
  readonly values: Partial<Record<Measure, number>>;
}

const MB = 2 ** 20;

/**
 * One process of the fleet as Linux, its own metrics and PostgreSQL see it; what does not apply is left out.
 *
 * @param opsPort where it tells its metrics, if it does
 */
export async function sampleProcess(
  { name, pid, opsPort }: { readonly name: string; readonly pid: number; readonly opsPort?: number | undefined },
  database: ReadonlyMap<string, number>,
): Promise<Sampled> {
  const resident = Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  const targets = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return ''; // closed meanwhile
    }
  });
  const sockets = targets.filter((target) => target.startsWith('socket:')).length;
  const values: Partial<Record<Measure, number>> = {
    memory: Math.round(resident * 10) / 10,
    handles: targets.length,
    sockets,
  };
  const connections = database.get(`siaga-${name}`);
  if (connections !== undefined) values.database = connections;
  if (opsPort !== undefined) {
    const metrics = await (
      await fetch(`http://127.0.0.1:${opsPort}/metrics`, { signal: AbortSignal.timeout(10_000) })
    ).text();
    const of = (metric: string) => Number(new RegExp(`^${metric}(?:\\{[^}]*\\})? (\\S+)$`, 'm').exec(metrics)?.[1]);
    values.heap = Math.round((of('nodejs_heap_size_used_bytes') / MB) * 10) / 10;
    const tensors = of('siaga_classify_tensors');
    if (!Number.isNaN(tensors)) values.tensors = tensors;
  }
  return { name, pid, values };
}

/** How many connections each application holds, by its name. */
export async function connectionsByApplication(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<{ name: string; count: number }>(
    `select application_name as name, count(*)::int as count from pg_stat_activity
      where application_name like 'siaga-%' group by application_name`,
  );
  return new Map(rows.map(({ name, count }) => [name, count]));
}
