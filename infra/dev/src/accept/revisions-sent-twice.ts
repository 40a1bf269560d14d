import { openDatabase } from '@siaga/storage';

/** The same notice with the same posts under two ids would be a repeat that no receiver could notice. */
export async function revisionsSentTwice(databaseUrl: string): Promise<number> {
  const db = openDatabase(databaseUrl, { applicationName: 'siaga-accept', poolSize: 1 });
  try {
    const rows = await db.query(
      `select notice_id from deliveries where state = 'delivered'
        group by notice_id, payload::jsonb -> 'urls' having count(*) > 1`,
    );
    return rows.length;
  } finally {
    await db.close();
  }
}
