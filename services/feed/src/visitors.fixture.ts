import { randomUUID } from 'node:crypto';
import { addAccount, createToken, openSession, type Account, type Database, type Role } from '@siaga/storage';

const HOUR_MS = 3_600_000;

/** A new account; a platform's is the demo platform's. */
export async function anAccount(db: Database, role: Role, name = `${role}-${randomUUID()}`): Promise<Account> {
  const platform = role === 'platform' ? 'demo' : null;
  const account = await addAccount(db, { name, role, platform }, 'test');
  if (!account) throw new Error(`there is an account ${name} already`);
  return account;
}

/** What a program sends to be taken for a new account of the role. */
export async function bearer(db: Database, role: Role, name?: string): Promise<{ authorization: string }> {
  const account = await anAccount(db, role, name);
  const { secret } = await createToken(db, account, { name: 'test', permissions: null, lifeMs: HOUR_MS, by: 'test' });
  return { authorization: `Bearer ${secret}` };
}

/** The cookie of a browser that is signed in, over plain http. */
export async function sessionCookie(db: Database, account: Account): Promise<{ name: string; value: string }> {
  return { name: 'siaga-session', value: await openSession(db, account, { lifeMs: HOUR_MS, how: 'test' }) };
}
