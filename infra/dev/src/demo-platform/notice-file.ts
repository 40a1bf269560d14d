import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** What the platform writes down, in the order in which it happened. */
export type PlatformEntry = NoticeEntry | Denial;

/** Somebody asked whether it has a notice, and it had not yet. */
export interface Denial {
  readonly webhookId: string;
  readonly event: 'denied';
  readonly at: number;
}

/** A notice as the platform took it in, or what became of it later. */
export interface NoticeEntry {
  readonly webhookId: string;
  readonly event: 'received' | 'repeated' | 'answered';
  readonly noticeId: string;
  readonly category: string;
  readonly answerUrl: string;
  /** When it came, in milliseconds since the epoch. */
  readonly at: number;
  readonly revision?: number | undefined;
  readonly urls?: readonly string[] | undefined;
}

export interface NoticeFile {
  readonly entries: () => readonly PlatformEntry[];
  /**
   * Returns once the entry is on the disk: only then may the sender hear "200".
   *
   * @throws what the system says of a disk that is full
   */
  append(entry: PlatformEntry): void;
  close(): void;
}

/** An append-only file of what was received; a half line at its end, as a kill leaves it, counts as never written. */
export function openNoticeFile(file: string): NoticeFile {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const entries = content.split('\n').flatMap(parse);
  const descriptor = openSync(file, 'a');
  // Half a line, of a process that was killed or on a disk that was full, must not spoil the next one.
  let torn = content !== '' && !content.endsWith('\n');
  return {
    entries: () => entries,
    append(entry) {
      const line = Buffer.from(`${torn ? '\n' : ''}${JSON.stringify(entry)}\n`);
      torn = true;
      for (let at = 0; at < line.length;) at += writeSync(descriptor, line, at);
      torn = false;
      fsyncSync(descriptor);
      entries.push(entry);
    },
    close: () => closeSync(descriptor),
  };
}

/** What the file says by now, for who looks on from outside. */
export const readNoticeFile = (file: string): PlatformEntry[] => readFileSync(file, 'utf8').split('\n').flatMap(parse);

function parse(line: string): PlatformEntry[] {
  try {
    return [JSON.parse(line) as PlatformEntry];
  } catch {
    return [];
  }
}
