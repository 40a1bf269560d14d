import { parseCommandLine, UsageError } from '@siaga/runtime';
import { userInfo } from 'node:os';
import {
  closedChannels,
  countDeliveries,
  platformPrecisions,
  reopenChannels,
  sendingSwitch,
  switchSending,
  WAITING_STATES,
} from '@siaga/storage';
import { inform } from './inform.js';
import { withDatabase, type Surroundings } from './command.js';
import { noticeSchema } from '../notice-schema.js';
import { showRemovals } from './removals.js';
import { decide, listStuck } from './stuck.js';

const OPTIONS = {
  reason: { type: 'string' },
  by: { type: 'string' },
  days: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `npm run notices -- COMMAND

  status                              whether notices are sent, and how many wait
  stop [--reason TEXT] [--by NAME]    the kill switch: from now on nothing is sent to anybody. Flags are still recorded
                                      and notices still queued; nothing is lost
  resume [--reason TEXT] [--by NAME]  sends on, the most urgent first
  reopen PLATFORM [--by NAME]         sends on to a platform that took no more (HTTP 410); a policy that names another
                                      way does that too
  inform NOTICE TEXT [--by NAME]      answers a platform that needs information; its deadline runs again

  unsure                              deliveries that may have arrived, where nobody can be asked but a person
  by-hand                             deliveries that a person forwards, with what is to be forwarded
  failed                              deliveries that their platform refused
  arrived DELIVERY [--by NAME]        the platform has it: it was forwarded, or it had arrived
  send-again DELIVERY [--by NAME]     it had not arrived, or what made it fail is mended

  liveness [--days N]                 what became of the reported posts, and how long platforms took to remove them
  schema                              the JSON Schema of a notice, as docs/notice.schema.json has it`;

/** @returns the exit code */
export async function runNotices(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  const { help, words, reason, days, by = userInfo().username } = parseCommandLine(args, OPTIONS);
  const [command, subject, text] = words;
  if (help || command === undefined) return (print(HELP), help ? 0 : 2);
  switch (command) {
    case 'stop':
    case 'resume': {
      const stopped = command === 'stop';
      const changed = await withDatabase(surroundings, (db) => switchSending(db, { stopped, by, reason }));
      if (!changed) print(`sending was ${stopped ? 'stopped' : 'on'} already`);
      return status(surroundings);
    }
    case 'reopen': {
      if (!subject) throw new UsageError('reopen needs the id of a platform');
      const opened = await withDatabase(surroundings, (db) => db.transaction((tx) => reopenChannels(tx, subject, by)));
      if (opened === 0) print(`no way to ${subject} was closed`);
      return status(surroundings);
    }
    case 'inform': {
      if (!subject || !text) throw new UsageError('inform needs the id of a notice and what the platform is to know');
      await withDatabase(surroundings, (db) => inform(db, subject, text, by));
      return (print(`the platform of ${subject} will be told; its deadline runs again`), 0);
    }
    case 'unsure':
    case 'by-hand':
    case 'failed':
      return listStuck(surroundings, command);
    case 'arrived':
    case 'send-again':
      return decide(surroundings, { word: command, deliveryId: subject, by });
    case 'liveness':
      return showRemovals(surroundings, days);
    case 'schema':
      return (print(noticeSchema()), 0);
    case 'status':
      return status(surroundings);
    default:
      throw new UsageError(`unknown command "${command}"; npm run notices -- --help lists them`);
  }
}

async function status(surroundings: Surroundings): Promise<number> {
  const { print } = surroundings;
  await withDatabase(surroundings, async (db) => {
    const { stopped, changedAt, changedBy, reason } = await sendingSwitch(db);
    const since = changedBy === null ? '' : `, by ${changedBy} at ${changedAt.toISOString()}`;
    print(`sending: ${stopped ? 'STOPPED' : 'on'}${since}${reason === null ? '' : `: ${reason}`}`);
    for (const { platform, channel, closedAt, reason } of await closedChannels(db))
      print(`${platform}: CLOSED (${channel}) since ${closedAt.toISOString()}: ${reason}; notices to it wait`);
    for (const { platform, judged, wrong, days, budget, overBudget, changedAt } of await platformPrecisions(db)) {
      const sending = overBudget ? `STOPPED since ${changedAt.toISOString()}` : 'on';
      print(
        `${platform}: ${wrong} of ${judged} notices judged in ${days} days were wrong, of ${budget} that may be; without a person: ${sending}`,
      );
    }
    const counts = await countDeliveries(db);
    if (counts.length === 0) print('no notice has been scheduled yet');
    for (const { state, count, due, oldest } of counts) {
      const waiting = WAITING.has(state) ? `, ${due} of them due, the oldest of ${oldest.toISOString()}` : '';
      print(`${state}: ${count}${waiting}`);
    }
  });
  return 0;
}

const WAITING: ReadonlySet<string> = new Set(WAITING_STATES);
