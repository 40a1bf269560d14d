import type { Highlight } from '../highlights.js';

export interface Segment {
  readonly text: string;
  /** 0 for what hardly weighed. */
  readonly weight: number;
  /** The weight's size as a share of the text's strongest. */
  readonly strength: number;
}

/** A word that weighs less than this share of the strongest one is not worth the eye's attention. */
const WORTH_MARKING = 0.15;

/** Cuts a text at the highlights worth marking, up to `limit` UTF-16 units and never inside a character. */
export function textSegments(text: string, highlights: readonly Highlight[], limit: number): Segment[] {
  const segments: Segment[] = [];
  const end = cutAt(text, limit);
  let from = 0;
  const plain = (start: number, stop: number) => {
    if (start < stop) segments.push({ text: text.slice(start, stop), weight: 0, strength: 0 });
  };
  const strongest = highlights.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 0);
  for (const { start, end: stop, weight } of highlights) {
    const strength = weight === 0 ? 0 : Math.abs(weight) / strongest;
    if (start < from || stop <= start || stop > end || strength < WORTH_MARKING) continue;
    plain(from, start);
    segments.push({ text: text.slice(start, stop), weight, strength });
    from = stop;
  }
  plain(from, end);
  return segments;
}

function cutAt(text: string, limit: number): number {
  if (text.length <= limit) return text.length;
  const last = text.charCodeAt(limit - 1);
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit;
}
