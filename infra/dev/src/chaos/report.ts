import type { FedPosts } from '../load/feed-posts.js';
import type { Account } from '../load/account.js';
import { percentilesOf, recoveries, type Fresh, type Percentiles } from './freshness.js';
import type { NoticesAccount } from './notices-account.js';
import type { ChaosOptions } from './options.js';
import type { Struck } from './strike-all.js';

/** The posts made from so long after the last fault was over count as "after". */
const AFTER_MS = 5_000;
const SHOWN = 10;

export interface ChaosReport {
  readonly ok: boolean;
  /** What is not as it must be, for people. */
  readonly faults: readonly string[];
  readonly seed: number;
  readonly rate: number;
  readonly minutes: number;
  readonly posts: Readonly<Record<'made' | 'scored' | 'dropped' | 'deadLetters' | 'lost' | 'both', number>> & {
    readonly repeatedPosts: number;
    readonly repeatedVerdicts: number;
    readonly pushedAgain: number;
  };
  readonly flags: { readonly onTopic: number; readonly recorded: number; readonly missing: number };
  readonly notices: Omit<NoticesAccount, 'heardAt'>;
  /** Seconds from when a post was made. */
  readonly freshness: Readonly<
    Record<'verdict' | 'flag' | 'notice', { readonly during?: Percentiles; readonly after?: Percentiles }>
  >;
  readonly struck: readonly {
    readonly at: number;
    readonly kind: string;
    readonly target: string;
    readonly what: string;
    /** Seconds until posts were fresh again; null when they never were. */
    readonly recovered: number | null;
  }[];
}

export function chaosReport(found: {
  readonly options: ChaosOptions;
  readonly fed: FedPosts;
  readonly struck: readonly Struck[];
  readonly stuck: string | undefined;
  readonly account: Account;
  readonly recordedFlags: ReadonlySet<string>;
  readonly notices: NoticesAccount;
  readonly evidence: { readonly whole: boolean };
}): ChaosReport {
  const { options, fed, struck, account, recordedFlags, notices } = found;
  const { made, hostile, madeAt } = fed;
  const { scored, dropped, deadLetters, flags } = account;
  const [lost, both] = [account.lost(), account.both()];
  const missing = [...flags.keys()].filter((id) => !recordedFlags.has(id));
  const { heardAt, ...ofNotices } = notices;
  const startedAt = madeAt[0] ?? 0;
  const lastOverAt = struck.reduce((last, { beganAt, lastsMs }) => Math.max(last, beganAt + lastsMs), 0);
  const parts = (took: readonly { readonly madeAt: number; readonly ms: number }[]) => {
    const between = (from: number, to: number) =>
      percentilesOf(took.filter((one) => one.madeAt >= from && one.madeAt < to).map(({ ms }) => ms));
    const [during, after] = [between(0, lastOverAt), between(lastOverAt + AFTER_MS, Infinity)];
    return { ...(during && { during }), ...(after && { after }) };
  };
  const verdicts = [...account.verdictAt].flatMap((at, number) =>
    at === 0 ? [] : [{ madeAt: madeAt[number] as number, ms: at - (madeAt[number] as number) }],
  );
  const flagged = [...flags.values()].map(({ number, at }) => ({
    madeAt: madeAt[number] as number,
    ms: at - (madeAt[number] as number),
  }));
  const noticed = [...heardAt].flatMap(([url, at]) => {
    const since = madeAt[Number(/-(\d+)$/.exec(url)?.[1] ?? NaN)];
    return since === undefined ? [] : [{ madeAt: since, ms: at - since }];
  });
  const fresh = verdicts.map(({ madeAt: since, ms }): Fresh => ({ madeMs: since - startedAt, tookMs: ms }));
  const recovered = recoveries(
    fresh,
    struck.map(({ beganAt }) => beganAt - startedAt),
  );
  const faults = [
    found.stuck !== undefined && `it never came to rest: ${found.stuck}`,
    lost.length > 0 && `${lost.length} posts have neither verdict nor dead letter: ${lost.slice(0, SHOWN).join(' ')}`,
    both.length > 0 && `${both.length} posts have both: ${both.slice(0, SHOWN).join(' ')}`,
    deadLetters !== hostile && `${deadLetters} dead letters of ${hostile} posts that nobody can read`,
    scored + dropped + deadLetters !== made && `${scored} + ${dropped} + ${deadLetters} are not ${made} posts`,
    missing.length > 0 && `${missing.length} flags were never recorded: ${missing.slice(0, SHOWN).join(' ')}`,
    notices.repeated > 0 && `${notices.repeated} notices were sent again`,
    notices.sameUnderTwoIds > 0 && `${notices.sameUnderTwoIds} notices came under two ids with the same posts`,
    notices.revisionsTwice > 0 && `${notices.revisionsTwice} revisions came under two ids`,
    notices.onlyHere > 0 && `${notices.onlyHere} deliveries are recorded that the platform does not have`,
    notices.onlyThere > 0 && `${notices.onlyThere} deliveries are not recorded that the platform has`,
    notices.failed > 0 && `${notices.failed} deliveries failed`,
    notices.received === 0 && 'no notice was sent at all',
    !found.evidence.whole && 'the chain of the evidence is broken',
  ].filter((fault) => fault !== false);
  return {
    ...{ ok: faults.length === 0, faults, seed: options.seed, rate: options.rate, minutes: options.minutes },
    posts: {
      ...{ made, scored, dropped, deadLetters, lost: lost.length, both: both.length },
      ...{ repeatedPosts: account.repeats.posts, repeatedVerdicts: account.repeats.verdicts },
      pushedAgain: fed.pushedAgain,
    },
    flags: { onTopic: flags.size, recorded: recordedFlags.size, missing: missing.length },
    notices: ofNotices,
    freshness: { verdict: parts(verdicts), flag: parts(flagged), notice: parts(noticed) },
    struck: struck.map(({ beganAt, kind, target, what }, i) => {
      const seconds = recovered[i] as number;
      return {
        ...{ at: Math.round((beganAt - startedAt) / 100) / 10, kind, target, what },
        recovered: Number.isFinite(seconds) ? Math.round(seconds * 10) / 10 : null,
      };
    }),
  };
}
