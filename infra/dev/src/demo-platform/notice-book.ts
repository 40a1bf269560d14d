import type { NoticeEntry, NoticeFile, PlatformEntry } from './notice-file.js';

export type Notice = Omit<NoticeEntry, 'event'>;

/** The platform's memory of notices: what it had, how often, and what it still owes an answer. */
export interface NoticeBook {
  has(webhookId: string): boolean;
  /** Answers a sender who is not sure: a "no" is remembered, for the notice may still be on its way. */
  asked(webhookId: string): boolean;
  /** @returns false when it was received before, which is counted */
  receive(notice: Notice): boolean;
  answered(notice: Notice): void;
  open(): Notice[];
  summary(): { received: number; repeats: number; answered: number; byCategory: Record<string, number> };
}

export function createNoticeBook(file: NoticeFile): NoticeBook {
  const received = new Map<string, Notice>();
  const answered = new Set<string>();
  let repeats = 0;
  const note = (entry: PlatformEntry) => {
    if (entry.event === 'denied') return;
    const { event, ...notice } = entry;
    if (event === 'received') received.set(notice.webhookId, notice);
    else if (event === 'answered') answered.add(notice.webhookId);
    else repeats++;
  };
  file.entries().forEach(note);
  const write = (entry: PlatformEntry) => {
    file.append(entry);
    note(entry);
  };
  return {
    has: (webhookId) => received.has(webhookId),
    asked(webhookId) {
      const has = received.has(webhookId);
      if (!has) write({ webhookId, event: 'denied', at: Date.now() });
      return has;
    },
    receive(notice) {
      const isNew = !received.has(notice.webhookId);
      write({ ...notice, event: isNew ? 'received' : 'repeated' });
      return isNew;
    },
    answered: (notice) => write({ ...notice, event: 'answered' }),
    open: () => [...received.values()].filter(({ webhookId }) => !answered.has(webhookId)),
    summary() {
      const byCategory: Record<string, number> = {};
      for (const { category } of received.values()) byCategory[category] = (byCategory[category] ?? 0) + 1;
      return { received: received.size, repeats, answered: answered.size, byCategory };
    },
  };
}
