import {
  accountList,
  addAccount,
  changeRole,
  disableAccount,
  findListedAccount,
  makeSignInLink,
  ROLES,
  searchAccounts,
  type Account,
  type Database,
  type ListedAccount,
  type Rank,
} from '@siaga/storage';
import type { FastifyInstance } from 'fastify';
import Type, { type Static } from 'typebox';
import { Instant, Name, Nullable, PathId, PlatformName } from '../fields.js';
import { REVALIDATED, withETags } from '../list/etags.js';
import { answerOf, listQuery, pageOf } from '../list/parameters.js';
import { RequestError } from '../problem.js';
import type { SchemaTypes } from '../schema-types.js';
import type { AccessOptions } from './access.js';
import { nameOf, type Visitor } from './visitor.js';

const RoleName = Type.Enum([...ROLES]);
const AccountItem = Type.Object({
  accountId: Type.String(),
  name: Type.String(),
  role: RoleName,
  platform: Nullable(Type.String({ description: 'whose notices it answers: of the role platform' })),
  createdAt: Instant,
  lastSeenAt: Nullable(Type.String({ format: 'date-time', description: 'to the minute; null: never' })),
  disabledAt: Nullable(Instant),
});
export type AccountItem = Static<typeof AccountItem>;
const AccountPage = Type.Object({ items: Type.Array(AccountItem), next: Nullable(Type.String()) });
export type AccountPage = Static<typeof AccountPage>;

const Invitation = Type.Object({
  account: AccountItem,
  link: Type.String({ description: 'signs in once; shown this once. Without a public address it lacks the host' }),
  expiresAt: Instant,
});
export type Invitation = Static<typeof Invitation>;

const strict = { additionalProperties: false };
const RankFields = { role: RoleName, platform: Type.Optional(PlatformName) };
const NewAccount = Type.Object({ name: Name(200), ...RankFields }, strict);
const Change = Type.Union([
  Type.Object(RankFields, strict),
  Type.Object({ disabled: Type.Boolean({ description: 'true ends its sessions and tokens at once' }) }, strict),
]);
const AccountQuery = listQuery(['role', 'platform', 'name'], {
  ...{ sorts: ['name', 'lastSeenAt'], defaultSort: 'name' },
});
const Params = Type.Object({ id: PathId('the account') });

/** Until the one who is invited opens it. */
const LINK_LIFE_MS = 24 * 3_600_000;
const tagged = (operationId: string, summary: string) => ({ operationId, summary, tags: ['accounts'] });

/** Who may sign in, and as what. Nobody changes their own account here: so the last admin does not shut everybody out. */
export async function accountRoutes(
  app: FastifyInstance,
  { db, access }: { db: Database; access: AccessOptions },
): Promise<void> {
  const routes = app.withTypeProvider<SchemaTypes>();
  const config = { permission: 'manage-accounts' } as const;

  const list = {
    config,
    schema: {
      ...tagged('listAccounts', 'Accounts, a page at a time'),
      ...{ querystring: AccountQuery, response: { 200: AccountPage } },
    },
  };
  await withETags(routes, (lists) =>
    lists.get('/v1/accounts', list, async ({ query }, reply) => {
      const { role, platform, name } = query;
      reply.header('cache-control', REVALIDATED);
      return answerOf(
        await searchAccounts(db, { role, platform, name }, pageOf(query, accountList)),
        query,
        accountItem,
      );
    }),
  );

  const invite = {
    config: { ...config, problems: [409] as const },
    schema: {
      ...tagged('inviteAccount', 'A new account, with a link that signs in once'),
      ...{ body: NewAccount, response: { 201: Invitation } },
    },
  };
  routes.post('/v1/accounts', invite, async ({ body, visitor }, reply) => {
    const account = await addAccount(db, { name: body.name.trim(), ...rankOf(body) }, nameOf(visitor));
    if (!account) throw new RequestError(409, `there is an account ${body.name.trim()} already`);
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send(await invitation(account, visitor));
  });

  const link = {
    config: { ...config, problems: [404, 409] as const },
    schema: {
      ...tagged('makeSignInLink', 'A new link that signs in once; an earlier one is no longer good'),
      ...{ params: Params, response: { 201: Invitation } },
    },
  };
  routes.post('/v1/accounts/:id/link', link, async ({ params, visitor }, reply) => {
    const account = await accountOf(params.id);
    if (account.disabledAt !== null) throw new RequestError(409, `${account.name} is disabled`);
    return reply
      .code(201)
      .header('cache-control', 'no-store')
      .send(await invitation(account, visitor));
  });

  const change = {
    config: { ...config, problems: [404, 409] as const },
    schema: {
      ...tagged('changeAccount', 'Give an account another role, disable it, or let it in again'),
      ...{ params: Params, body: Change, response: { 200: AccountItem } },
    },
  };
  routes.patch('/v1/accounts/:id', change, async ({ params, body, visitor }, reply) => {
    const account = await accountOf(params.id);
    if (account.accountId === visitor.account?.accountId) {
      throw new RequestError(409, 'this is your own account: another admin changes it');
    }
    const by = nameOf(visitor);
    if ('disabled' in body) await disableAccount(db, account, body.disabled, by);
    else await changeRole(db, account, rankOf(body), by);
    reply.header('cache-control', 'no-store');
    return accountItem(await accountOf(params.id));
  });

  async function accountOf(id: string): Promise<ListedAccount> {
    const account = await findListedAccount(db, id);
    if (!account) throw new RequestError(404, `there is no account ${id}`);
    return account;
  }

  async function invitation(account: Account, visitor: Visitor): Promise<Invitation> {
    const secret = await makeSignInLink(db, account, { lifeMs: LINK_LIFE_MS, by: nameOf(visitor) });
    const path = `/#sign-in=${secret}`;
    return {
      account: accountItem(await accountOf(account.accountId)),
      link: access.publicUrl ? new URL(path, access.publicUrl).href : path,
      expiresAt: new Date(Date.now() + LINK_LIFE_MS).toISOString(),
    };
  }
}

/** @throws RequestError when the role and the platform do not fit each other */
function rankOf({ role, platform = null }: { role: Account['role']; platform?: string | null }): Rank {
  if ((role === 'platform') !== (platform !== null)) {
    throw new RequestError(400, 'platform belongs to the role platform, and only to it');
  }
  return { role, platform };
}

const accountItem = ({ createdAt, lastSeenAt, disabledAt, ...account }: ListedAccount): AccountItem => ({
  ...account,
  createdAt: createdAt.toISOString(),
  lastSeenAt: lastSeenAt?.toISOString() ?? null,
  disabledAt: disabledAt?.toISOString() ?? null,
});
