import { userInfo } from 'node:os';
import { parseCommandLine, UsageError } from '@siaga/runtime';
import {
  addAccount,
  changeRole,
  createToken,
  disableAccount,
  findAccount,
  listAccounts,
  listTokens,
  makeSignInLink,
  revokeToken,
  ROLES,
  withDatabase,
  type Account,
  type Database,
  type Rank,
} from '@siaga/storage';
import { tokenPermissions, type Permission } from '../auth/permissions.js';

const OPTIONS = {
  platform: { type: 'string' },
  may: { type: 'string' },
  days: { type: 'string' },
  by: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `npm run accounts -- COMMAND [--by WHO]

  list                              who may sign in, as what
  add NAME ROLE [--platform P]      ROLE is ${ROLES.join(', ')}; a platform's account, for P as the
                                    policy calls it, sees and answers what P was sent, and nothing of the desk's
  role NAME ROLE [--platform P]     gives it another role, at once
  link NAME                         a link that signs in once, within an hour
  token NAME [--may a,b] [--days N] a token for a program, for N days (90): shown this once, alone on standard output. It
                                    may what the account may, or of that only what --may lists:
                                    ${tokenPermissions.join(', ')}
  tokens NAME                       its tokens, with their last use
  revoke NAME TOKEN                 a token, by the id that "tokens" shows
  disable NAME                      ends its sessions and tokens, and lets nobody in; enable NAME undoes that`;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const DAYS = '90';
/** What a person can read on one line. */
const NAME = /^[^\p{C}]{1,200}$/u;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  /** Where the console is reached. */
  readonly publicUrl: string;
  readonly print: (text: string) => void;
}

/** @returns the exit code */
export async function runAccounts(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print, databaseUrl, publicUrl } = surroundings;
  const options = parseCommandLine(args, OPTIONS);
  const [command, name, what] = options.words;
  if (options.help || command === undefined) return (print(HELP), options.help ? 0 : 2);
  const run = COMMANDS[command];
  if (!run) throw new UsageError(`unknown command "${command}"; npm run accounts -- --help lists them`);
  const by = options.by ?? userInfo().username;
  await withDatabase(databaseUrl, 'siaga-accounts', (db) => run({ db, name, what, publicUrl, print, ...options, by }));
  return 0;
}

interface Call {
  readonly db: Database;
  readonly name: string | undefined;
  readonly what: string | undefined;
  readonly platform?: string;
  readonly may?: string;
  readonly days?: string;
  readonly by: string;
  readonly publicUrl: string;
  readonly print: (text: string) => void;
}

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  async list({ db, print }) {
    const accounts = await listAccounts(db);
    if (accounts.length === 0) print('nobody yet: npm run accounts -- add NAME ROLE');
    for (const { name, role, platform, disabledAt } of accounts) {
      print(`${name}  ${role}${platform === null ? '' : ` of ${platform}`}${disabledAt === null ? '' : ', disabled'}`);
    }
  },
  async add(call) {
    const { db, name, by, print } = call;
    if (name === undefined || !NAME.test(name)) throw new UsageError('add needs a name of one line, and a role');
    const account = await addAccount(db, { name, ...rankOf(call) }, by);
    if (!account) throw new UsageError(`there is an account ${name} already`);
    print(`added; it signs in by: npm run accounts -- link ${JSON.stringify(name)}`);
  },
  async role(call) {
    const account = await accountOf(call);
    const changed = await changeRole(call.db, account, rankOf(call), call.by);
    call.print(changed ? `${account.name} was ${account.role}, and is ${call.what} now` : 'it has that role already');
  },
  async link(call) {
    const account = await accountOf(call);
    if (account.disabledAt !== null) throw new UsageError(`${account.name} is disabled`);
    const secret = await makeSignInLink(call.db, account, { lifeMs: HOUR_MS, by: call.by });
    call.print(`${call.publicUrl.replace(/\/$/, '')}/#sign-in=${secret}`);
  },
  async token(call) {
    const { db, by, days = DAYS, print } = call;
    const account = await accountOf(call);
    if (!/^[1-9]\d{0,2}$/.test(days)) throw new UsageError('--days takes a whole number of days, such as 90');
    const permissions = scopeOf(call.may);
    const lifeMs = Number(days) * DAY_MS;
    const { secret } = await createToken(db, account, { name: `made by ${by}`, permissions, lifeMs, by });
    print(secret);
  },
  async tokens(call) {
    const tokens = await listTokens(call.db, await accountOf(call));
    if (tokens.length === 0) call.print('it has none');
    for (const { tokenId, name, permissions, expiresAt, lastUsedAt, revokedAt } of tokens) {
      const used = lastUsedAt === null ? 'never used' : `last used ${lastUsedAt.toISOString()}`;
      const end = revokedAt === null ? `until ${expiresAt.toISOString()}` : `revoked ${revokedAt.toISOString()}`;
      call.print(`${tokenId}  ${name}, may ${permissions?.join(', ') ?? 'all that its account may'}, ${end}, ${used}`);
    }
  },
  async revoke(call) {
    const account = await accountOf(call);
    const { what: tokenId = '' } = call;
    const revoked = UUID.test(tokenId) && (await revokeToken(call.db, account, tokenId, call.by));
    if (!revoked) throw new UsageError(`${account.name} has no token "${tokenId}" that could be revoked`);
    call.print('revoked');
  },
  async disable(call) {
    await disableAccount(call.db, await accountOf(call), true, call.by);
    call.print('disabled');
  },
  async enable(call) {
    await disableAccount(call.db, await accountOf(call), false, call.by);
    call.print('enabled');
  },
};

async function accountOf({ db, name }: Call): Promise<Account> {
  const account = name === undefined ? undefined : await findAccount(db, name);
  if (!account) throw new UsageError(`there is no account ${name ?? 'without a name'}; npm run accounts -- list`);
  return account;
}

function rankOf({ what, platform }: Call): Rank {
  const role = ROLES.find((known) => known === what);
  if (!role) throw new UsageError(`a role is one of ${ROLES.join(', ')}`);
  if ((role === 'platform') !== (platform !== undefined)) {
    throw new UsageError('--platform belongs to the role platform, and only to it');
  }
  return { role, platform: platform ?? null };
}

function scopeOf(may: string | undefined): readonly Permission[] | null {
  if (may === undefined) return null;
  return may.split(',').map((name) => {
    const known = tokenPermissions.find((permission) => permission === name.trim());
    if (!known) throw new UsageError(`--may takes ${tokenPermissions.join(', ')}, separated by commas`);
    return known;
  });
}
