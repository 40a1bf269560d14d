import { userInfo } from 'node:os';
import { pseudonymOf } from '@siaga/contracts';
import { createLogger, parseCommandLine, readSecrets, UsageError } from '@siaga/runtime';
import {
  countExpired,
  holdCampaign,
  openErasures,
  releaseCampaign,
  requestErasure,
  RETENTION,
  RETENTION_CLASSES,
  retentionStatus,
} from '@siaga/storage';
import { Counter, Registry } from 'prom-client';
import { readPolicy } from '../policy.js';
import { applyRetention } from '../retention/apply-retention.js';
import { retentionDays } from '../retention/retention-days.js';
import { withDatabase, type Surroundings } from './command.js';

const OPTIONS = {
  file: { type: 'string' },
  reason: { type: 'string' },
  by: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `npm run retention -- COMMAND [--file POLICY] [--by WHO]

  plan                             what is older than it may be, by class of data, and how much of it there is
  run                              removes it now; a running fleet does so by itself, every hour
  status                           what has been removed, and what authors have asked for
  pseudonym PLATFORM HANDLE        the author's pseudonym; HANDLE as the source has it: a DID on Bluesky, user@server
                                   on Mastodon. It takes the fleet's secrets
  erase PSEUDONYM --reason WHY     deletes the author's texts at once, and the rest as soon as nothing needs it
  hold CAMPAIGN --reason WHY       nothing of the campaign goes, whatever its age, until
  release CAMPAIGN

The days are in the policy, under retention; docs/retention.md says what each class is.`;

const PSEUDONYM = /^[0-9a-f]{32}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const LINE = /^[^\p{C}]{1,500}$/u;

interface Call extends Surroundings {
  readonly words: readonly string[];
  readonly file?: string;
  readonly reason?: string;
  readonly by: string;
}

/** @returns the exit code */
export async function runRetention(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { help, words, by = userInfo().username, ...options } = parseCommandLine(args, OPTIONS);
  const [command] = words;
  if (help || command === undefined) return (surroundings.print(HELP), help ? 0 : 2);
  const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (!run) throw new UsageError(`unknown command "${command}"; npm run retention -- --help lists them`);
  await run({ ...surroundings, ...options, words: words.slice(1), by });
  return 0;
}

const policyOf = ({ file, policyFile }: Call) => {
  const found = file ?? policyFile;
  return found === undefined ? {} : readPolicy(found);
};

const COMMANDS: Readonly<Record<string, (call: Call) => Promise<void>>> = {
  async plan(call) {
    const days = retentionDays(policyOf(call));
    await withDatabase(call, async (db) => {
      for (const name of RETENTION_CLASSES) {
        const count = await countExpired(db, name, days[name]);
        call.print(`${String(count).padStart(9)}  ${name}, after ${days[name]} days: ${RETENTION[name].what}`);
      }
    });
  },
  async run(call) {
    const policy = policyOf(call);
    const retained = new Counter({
      name: 'removed',
      help: 'removed',
      labelNames: ['class'],
      registers: [new Registry()],
    });
    await withDatabase(call, (db) =>
      applyRetention(
        { db, policy: () => policy, metrics: { retained }, log: createLogger('retention', 'error'), restMs: 0 },
        new AbortController().signal,
      ),
    );
    const { values } = await retained.get();
    for (const { labels, value } of values) if (value > 0) call.print(`${String(value).padStart(9)}  ${labels.class}`);
    if (values.every(({ value }) => value === 0)) call.print('nothing was older than it may be');
  },
  async status(call) {
    await withDatabase(call, async (db) => {
      for (const { class: name, removed, finishedAt } of await retentionStatus(db)) {
        call.print(`${String(removed).padStart(9)}  ${name}, last seen to ${finishedAt?.toISOString() ?? 'never'}`);
      }
      for (const { erasureId, requestedAt, left } of await openErasures(db)) {
        call.print(`erasure ${erasureId} of ${requestedAt.toISOString()}: ${left} flags are left, without their texts`);
      }
    });
  },
  async pseudonym({ words: [platform, handle], secretsFile, print }) {
    if (platform === undefined || handle === undefined) throw new UsageError('pseudonym needs a platform and a handle');
    if (secretsFile === undefined) throw new UsageError('set SIAGA_SECRETS_FILE: pseudonyms take its "author-key"');
    print(pseudonymOf(readSecrets(secretsFile).get('author-key'), platform, handle));
  },
  async erase(call) {
    const [author = ''] = call.words;
    if (!PSEUDONYM.test(author)) {
      throw new UsageError('erase needs a pseudonym: npm run retention -- pseudonym PLATFORM HANDLE');
    }
    const { reason, by } = { reason: reasonOf(call), by: call.by };
    const { erasureId, blanked } = await withDatabase(call, (db) => requestErasure(db, { author, reason, by }));
    call.print(
      `erasure ${erasureId}: ${blanked} texts are gone; what is left goes as npm run retention -- status says`,
    );
  },
  async hold(call) {
    const campaignId = campaignOf(call);
    const held = await withDatabase(call, (db) =>
      holdCampaign(db, { campaignId, by: call.by, reason: reasonOf(call) }),
    );
    if (!held) throw new UsageError(`there is no campaign ${campaignId} that is not held already`);
    call.print('held');
  },
  async release(call) {
    const campaignId = campaignOf(call);
    if (!(await withDatabase(call, (db) => releaseCampaign(db, { campaignId, by: call.by })))) {
      throw new UsageError(`no hold stands on campaign ${campaignId}`);
    }
    call.print('released');
  },
};

function reasonOf({ reason }: Call): string {
  if (reason === undefined || !LINE.test(reason)) throw new UsageError('say why, on one line: --reason "..."');
  return reason;
}

function campaignOf({ words: [campaignId = ''] }: Call): string {
  if (!UUID.test(campaignId)) throw new UsageError('it needs the id of a campaign');
  return campaignId;
}
