import type { SourceBatch, SourceEvent } from './source.js';

/** The clock of a source that tells no other time than when its posts were written, changed or published. */
export function latestTime(events: readonly SourceEvent[]): Pick<SourceBatch, 'at'> {
  const times = events.flatMap(({ content }) => {
    if (content.kind === 'post') return [content.editedAt ?? content.createdAt];
    return content.kind === 'claim' ? [content.publishedAt] : [];
  });
  const latest = Math.max(...times.map((time) => time?.getTime() ?? -Infinity));
  return latest === -Infinity ? {} : { at: new Date(latest) };
}
