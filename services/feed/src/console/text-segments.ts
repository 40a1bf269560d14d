import type { Highlight } from '../highlights.js';

export interface Segment {
  readonly text: string;
  /** 0 for what did not weigh. */
  readonly weight: number;
}

/** Cuts a text at its highlights, up to `limit` UTF-16 units and never inside a character. */
export function textSegments(text: string, highlights: readonly Highlight[], limit: number): Segment[] {
  const segments: Segment[] = [];
  const end = cutAt(text, limit);
  let from = 0;
  for (const highlight of highlights) {
    if (highlight.start < from || highlight.end > end) continue;
    if (highlight.start > from) segments.push({ text: text.slice(from, highlight.start), weight: 0 });
    segments.push({ text: text.slice(highlight.start, highlight.end), weight: highlight.weight });
    from = highlight.end;
  }
  if (from < end) segments.push({ text: text.slice(from, end), weight: 0 });
  return segments;
}

function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const last = text.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
}
