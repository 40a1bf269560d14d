import { recentNoticeStates, type NoticeState, type Queryable } from '@siaga/storage';

/** As many as the console keeps. */
const FLAGS_WATCHED = 500;
const POLL_MS = 2_000;

/**
 * Tells what changed in the notices of recent flags: a delivery, an answer, a deadline. It compares what it reads every
 * two seconds, and reads only while someone is watching.
 */
export function watchNotices(options: {
  readonly db: Queryable;
  readonly isWatched: () => boolean;
  readonly onChanges: (notices: readonly NoticeState[]) => void;
  readonly onError: (error: unknown) => void;
  readonly pollMs?: number;
}): { close: () => Promise<void> } {
  /** Empty at first, so that a change between a client's list and our first look is told, not taken for known. */
  let known = new Map<string, string>();
  let reading: Promise<void> = Promise.resolve();
  let busy = false;

  const read = async () => {
    const notices = await recentNoticeStates(options.db, FLAGS_WATCHED);
    const seen = new Map(notices.map((notice) => [notice.noticeId, JSON.stringify(notice)]));
    const changed = notices.filter(({ noticeId }) => known.get(noticeId) !== seen.get(noticeId));
    known = seen;
    if (changed.length > 0) options.onChanges(changed);
  };
  const timer = setInterval(() => {
    if (busy || !options.isWatched()) return;
    busy = true;
    reading = read()
      .catch(options.onError)
      .finally(() => (busy = false));
  }, options.pollMs ?? POLL_MS);
  return {
    async close() {
      clearInterval(timer);
      await reading;
    },
  };
}
