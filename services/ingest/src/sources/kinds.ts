import type { Static, TSchema } from 'typebox';
import { FeedEntry, feedSource } from './feed.js';
import { FileEntry, fileSource } from './file.js';
import type { Source, SourceContext } from './source.js';

interface Kind<S extends TSchema> {
  /** Of its entries in the registry. */
  readonly entry: S;
  readonly open: (entry: Static<S>, context: SourceContext) => Source;
}
const kind = <S extends TSchema>(entry: S, open: Kind<S>['open']): Kind<S> => ({ entry, open });

/** Every kind of source there is. */
export const KINDS = {
  file: kind(FileEntry, fileSource),
  feed: kind(FeedEntry, feedSource),
};

/** An entry of the registry that fits the schema of its kind. */
export type SourceEntry = { [K in keyof typeof KINDS]: Static<(typeof KINDS)[K]['entry']> }[keyof typeof KINDS];

export function openSource(entry: SourceEntry, context: SourceContext): Source {
  return (KINDS[entry.kind] as unknown as Kind<TSchema>).open(entry, context);
}
