import { readFile } from 'node:fs/promises';
import { claimCodec, type Claim } from '@siaga/contracts';
import { outboundClient, parseCommandLine, UsageError } from '@siaga/runtime';
import {
  changeClaim,
  countClaims,
  findClaim,
  recordClaims,
  withDatabase,
  type ClaimChange,
  type Database,
} from '@siaga/storage';
import { claimForm } from '../normal-form.js';
import { USER_AGENT } from '../sources/user-agent.js';
import { claimRows, type ClaimDefaults } from './claim-rows.js';

const OPTIONS = {
  publisher: { type: 'string' },
  language: { type: 'string' },
  url: { type: 'string' },
  text: { type: 'string' },
  verdict: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

export const HELP = `npm run claims -- COMMAND

  import FILE|URL           records the claims of a CSV file, of a schema.org DataFeed, or of a page with ClaimReview;
                            says which rows are no claims, and exits 1 when there are any
                              --publisher NAME  --language id  --url URL (of a page in a file)   where the file does not say it
  status                    how many claims there are, by publisher and state
  show ID                   one claim
  confirm ID                a person has looked at it
  disable ID                it matches no post any more
  enable ID                 it does again
  edit ID [--text T] [--verdict V]

The CSV has a header with text, verdict and url, and optionally publisher, published_at, language and id. A claim that is
known already is not recorded again. Workers have a change within seconds.`;

const APPLICATION = 'siaga-claims';
const TIMEOUT_MS = 60_000;
const MAX_BODY_BYTES = 256 * 1024 * 1024;
const A_BATCH = 500;

export interface Surroundings {
  readonly databaseUrl?: string | undefined;
  /** Who changes a claim, for the evidence. */
  readonly by: string;
  readonly print: (text: string) => void;
}

/**
 * @returns the exit code
 * @throws UsageError
 */
export async function runClaims(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { help, words, text, verdict, ...defaults } = parseCommandLine(args, OPTIONS);
  const { print } = surroundings;
  const [command, subject] = words;
  if (help || command === undefined) return (print(HELP), command === undefined && !help ? 2 : 0);
  const onDatabase = <T>(work: (db: Database) => Promise<T>) =>
    withDatabase(surroundings.databaseUrl, APPLICATION, work);
  const change = (what: ClaimChange) => onDatabase((db) => changed(db, subject, what, surroundings));
  switch (command) {
    case 'import':
      return importClaims(needed(subject, 'import needs a file or an address'), defaults, surroundings);
    case 'status':
      return onDatabase(async (db) => {
        const counts = await countClaims(db);
        for (const { publisher, state, claims } of counts)
          print(`${String(claims).padStart(8)}  ${state.padEnd(9)}  ${publisher}`);
        if (counts.length === 0)
          print('there are no claims: import some, or follow a fact-checker (npm run sources -- add claims ...)');
        return 0;
      });
    case 'show':
      return onDatabase(async (db) => {
        const claim = await findClaim(db, needed(subject, 'show needs the id of a claim'));
        if (!claim) throw new UsageError(`there is no claim ${subject}`);
        return (print(JSON.stringify(claim, null, 2)), 0);
      });
    case 'confirm':
      return change({ state: 'confirmed' });
    case 'disable':
      return change({ state: 'disabled' });
    case 'enable':
      return change({ state: 'active' });
    case 'edit':
      if (text === undefined && verdict === undefined) throw new UsageError('edit needs --text, --verdict or both');
      return change({ text, verdict });
    default:
      throw new UsageError(`unknown command "${command}"; npm run claims -- --help lists them`);
  }
}

async function changed(db: Database, claimId: string | undefined, change: ClaimChange, { by, print }: Surroundings) {
  const id = needed(claimId, 'which claim? npm run claims -- --help');
  const before = await findClaim(db, id);
  if (!before) throw new UsageError(`there is no claim ${id}`);
  const wanted = claimCodec.decode(Buffer.from(JSON.stringify({ ...before, ...withoutUndefined(change) })));
  if (!wanted.ok) throw new UsageError(`that is no claim: ${wanted.detail}`);
  const claim = await changeClaim(db, { claimId: id, by, ...change });
  return (print(JSON.stringify(claim, null, 2)), 0);
}

const withoutUndefined = (object: object): object =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));

async function importClaims(
  from: string,
  given: {
    readonly publisher?: string | undefined;
    readonly language?: string | undefined;
    readonly url?: string | undefined;
  },
  surroundings: Surroundings,
): Promise<number> {
  const { print } = surroundings;
  const isWeb = /^https?:\/\//.test(from);
  const url = given.url ?? (isWeb ? from : undefined);
  const body = isWeb
    ? await fetched(from)
    : await readFile(from).catch((error: Error) => Promise.reject(new UsageError(error.message)));
  const publisher = given.publisher ?? (url && URL.canParse(url) ? new URL(url).hostname : 'import');
  const claims: Claim[] = [];
  let refused = 0;
  const refuse = (where: string, detail: string) => (refused++, print(`${where}: ${detail}`));
  rowsOf(body, { ...given, url, publisher }).forEach((row, i) => {
    if (row.kind === 'fault') return refuse(row.where, row.detail);
    const form = claimForm(row);
    if (form.kind === 'refusal') return refuse(`claim ${i + 1}`, form.detail);
    claims.push(form.claim);
  });
  const news = await withDatabase(surroundings.databaseUrl, APPLICATION, async (db) => {
    let recorded = 0;
    for (let at = 0; at < claims.length; at += A_BATCH) {
      recorded += await db.transaction((tx) => recordClaims(tx, claims.slice(at, at + A_BATCH), 'import'));
      if (claims.length > A_BATCH) print(`${Math.min(at + A_BATCH, claims.length)} of ${claims.length} read`);
    }
    return recorded;
  });
  print(`${news} claims are new or changed, ${claims.length - news} were known, ${refused} rows were no claims`);
  return refused === 0 ? 0 : 1;
}

function rowsOf(body: Buffer, defaults: ClaimDefaults) {
  try {
    return claimRows(body, defaults);
  } catch (error) {
    throw new UsageError(`neither CSV nor JSON-LD nor a page with ClaimReview: ${(error as Error).message}`);
  }
}

/** The address is the person's own choice, and may be their own machine's. */
async function fetched(url: string): Promise<Buffer> {
  const limits = { userAgent: USER_AGENT, timeoutMs: TIMEOUT_MS, maxBodyBytes: MAX_BODY_BYTES };
  const web = outboundClient({ allowPrivateAddresses: true, ...limits });
  try {
    const { status, body } = await web.request(url, { redirects: 5 });
    if (status !== 200) throw new UsageError(`${url} answered HTTP ${status}`);
    return body;
  } finally {
    await web.close();
  }
}

function needed(word: string | undefined, complaint: string): string {
  if (word === undefined) throw new UsageError(complaint);
  return word;
}
