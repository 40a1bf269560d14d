import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';

/** A notice as the platform took it in, or what became of it later. */
export interface NoticeEntry {
  readonly webhookId: string;
  readonly event: 'received' | 'repeated' | 'answered';
  readonly noticeId: string;
  readonly category: string;
  readonly answerUrl: string;
}

export interface NoticeFile {
  readonly entries: () => readonly NoticeEntry[];
  /** Returns once the entry is on the disk: only then may the sender hear "200". */
  append(entry: NoticeEntry): void;
  close(): void;
}

/** An append-only file of what was received; a half line at its end, as a kill leaves it, counts as never written. */
export function openNoticeFile(file: string): NoticeFile {
  const content = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const entries = content.split('\n').flatMap(parse);
  const descriptor = openSync(file, 'a');
  if (content !== '' && !content.endsWith('\n')) writeSync(descriptor, '\n');
  return {
    entries: () => entries,
    append(entry) {
      writeSync(descriptor, `${JSON.stringify(entry)}\n`);
      fsyncSync(descriptor);
      entries.push(entry);
    },
    close: () => closeSync(descriptor),
  };
}

function parse(line: string): NoticeEntry[] {
  try {
    return [JSON.parse(line) as NoticeEntry];
  } catch {
    return [];
  }
}
