import pg from 'pg';
import { asTransient } from './database-error.js';
import type { Database, Queryable } from './database.js';
import { NUMBERING_ROLES, ROLE_GRANTS, SERVICE_ROLES } from './role-grants.js';

/** People at the terminal may do what all services together may; who makes backups reads everything and changes nothing. */
const OPERATOR = 'siaga_operator';
const BACKUP = 'siaga_backup';
export const DATABASE_ROLES = [...SERVICE_ROLES, OPERATOR, BACKUP] as const;

/** Roles belong to the server: two databases may be asking at once. */
const ROLES_LOCK = 7_402_464;
const ALREADY_THERE = ['42710', '23505'];

/**
 * Makes the roles that are missing and gives each exactly what it needs in this database. Safe to repeat, and while the services run:
 * they lose nothing that they have a right to at any moment.
 *
 * @param passwords by role; who has none keeps the one it has, and one without any cannot sign in where the server asks for one
 * @throws when we may not create roles, or are not the tables' owner
 */
export async function grantRoles(
  db: Database,
  passwords: Readonly<Partial<Record<string, string>>> = {},
): Promise<void> {
  for (const role of DATABASE_ROLES) {
    await db.query(`create role ${role} login`).catch((error: { code?: string }) => {
      if (!ALREADY_THERE.includes(error.code ?? '')) throw error;
    });
  }
  await db.transaction(async (tx) => {
    await tx.query('select pg_advisory_xact_lock($1)', [ROLES_LOCK]);
    for (const [role, password] of Object.entries(passwords)) {
      if (password !== undefined) await tx.query(`alter role ${role} password ${pg.escapeLiteral(password)}`);
    }
    for (const role of SERVICE_ROLES) {
      await tx.query(`revoke all on all tables in schema public from ${role}`);
      await tx.query(`revoke all on all sequences in schema public from ${role}`);
      for (const [table, privileges] of Object.entries(ROLE_GRANTS[role])) {
        await tx.query(`grant ${privileges} on ${table} to ${role}`);
      }
    }
    const [numbers] = await tx.query<{ name: string }>(`select pg_get_serial_sequence('flags', 'seq') as name`);
    await tx.query(`grant usage on sequence ${numbers?.name} to ${NUMBERING_ROLES.join(', ')}`);
    await grantMembership(tx);
  });
}

async function grantMembership(tx: Queryable): Promise<void> {
  const memberships: [group: string, member: string][] = [
    ...SERVICE_ROLES.map((role): [string, string] => [role, OPERATOR]),
    ['pg_read_all_data', BACKUP],
    // What the server says of other sessions: how many there are, and how long a transaction has been open.
    ['pg_read_all_stats', 'siaga_notify'],
  ];
  for (const [group, member] of memberships) {
    const [known] = await tx.query<{ member: boolean }>(`select pg_has_role($1, $2, 'member') as member`, [
      member,
      group,
    ]);
    if (!known?.member) await tx.query(`grant ${group} to ${member}`).catch(asTransient);
  }
}
