import { Readable } from 'node:stream';
import {
  flagList,
  listFlagRows,
  listFlags,
  type Database,
  type FlagFilters,
  type Page,
  type RecordedFlag,
} from '@siaga/storage';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerIn, NOT_MODIFIED } from '../api-document/answers.js';
import { flagItem, type FlagItem } from '../flag-item.js';
import { REVALIDATED } from '../list/etags.js';
import { answerOf, pageOf, type Paging } from '../list/parameters.js';
import { CSV_HEAD, csvRows } from './flag-csv.js';
import { atomOf, JsonFeed, jsonFeedOf, latestChangeOf, type FeedPage } from './flag-feeds.js';
import { flagPages } from './flag-pages.js';

/** Which flags, in which order, and how many of them. */
export interface Wanted {
  readonly filters: FlagFilters;
  readonly sort: string;
  /** Of a page, or of all rows of a download, which has no bound unless it is given one. */
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

/** All flags in one file, sent as they are read. */
export const DOWNLOADS = {
  csv: {
    ...{ type: 'text/csv; charset=utf-8; header=present', head: CSV_HEAD, pieces: csvPieces, id: 'downloadFlagsAsCsv' },
    ...{ summary: 'Flags as a table, all of them or the first `limit`' },
    is: 'RFC 4180. No cell can become a formula.',
  },
  ndjson: {
    ...{ type: 'application/x-ndjson', head: '', pieces: ndjsonPieces, id: 'downloadFlagsAsNdjson' },
    ...{ summary: 'Flags as lines of JSON, all of them or the first `limit`' },
    is: 'A flag of GET /v1/flags a line.',
  },
};
/** A page at a time, for feed readers. */
export const FEEDS = {
  atom: {
    ...{ type: 'application/atom+xml; charset=utf-8', text: atomOf, id: 'followFlagsAsAtom' },
    ...{ summary: 'Flags as an Atom feed', is: 'RFC 4287, its pages linked as in RFC 5005.', schema: undefined },
  },
  jsonfeed: {
    ...{ type: 'application/feed+json', text: (page: FeedPage) => JSON.stringify(jsonFeedOf(page)) },
    ...{ id: 'followFlagsAsJsonFeed', summary: 'Flags as a JSON Feed', is: 'JSON Feed 1.1.', schema: JsonFeed },
  },
};

/** What a route that answers in the format says of its answers. */
export function flagsIn(format: keyof typeof DOWNLOADS | keyof typeof FEEDS) {
  if (format === 'csv' || format === 'ndjson') {
    const { type, is } = DOWNLOADS[format];
    return { 200: answerIn(type.split(';', 1)[0] as string, is) };
  }
  const { type, is, schema } = FEEDS[format];
  return { 200: answerIn(type.split(';', 1)[0] as string, is, schema), 304: NOT_MODIFIED };
}

export const PAGE_ROWS = 50;

const paging = ({ sort, cursor }: Wanted, limit: number): Paging => ({ sort, limit, ...(cursor && { cursor }) });

export async function flagPage(db: Database, wanted: Wanted): Promise<{ items: FlagItem[]; next: string | null }> {
  const asked = paging(wanted, wanted.limit ?? PAGE_ROWS);
  const flags = await listFlags(db, wanted.filters, pageOf(asked, flagList));
  return answerOf(flags, asked, (flag) => flagItem(flag));
}

export async function sendDownload(reply: FastifyReply, db: Database, format: keyof typeof DOWNLOADS, wanted: Wanted) {
  const { type, head, pieces } = DOWNLOADS[format];
  const { limit = Number.MAX_SAFE_INTEGER } = wanted;
  const following = pieces(db, wanted.filters, { ...pageOf(paging(wanted, 0), flagList), limit });
  // Read before anything is sent, so that a database out of reach is a problem and not a file that breaks off.
  const first = await following.next();
  return reply
    .type(type)
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="flags.${format}"`)
    .send(
      Readable.from(
        (async function* () {
          yield head + (first.done ? '' : first.value);
          yield* following;
        })(),
        // One piece ahead of the client, and not sixteen.
        { objectMode: false },
      ),
    );
}

/** With a title and an id where it is not the feed of all flags. */
export async function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  db: Database,
  { format, wanted, ...named }: { format: keyof typeof FEEDS; wanted: Wanted; title?: string; id?: string },
) {
  const { items, next } = await flagPage(db, wanted);
  const self = new URL(request.url, `${request.protocol}://${request.host}`);
  const following = new URL(self);
  if (next !== null) following.searchParams.set('cursor', next);
  const { type, text } = FEEDS[format];
  return reply
    .type(type)
    .header('cache-control', REVALIDATED)
    .header('last-modified', latestChangeOf(items).toUTCString())
    .send(text({ items, self: self.href, next: next === null ? null : following.href, ...named }));
}

async function* csvPieces(db: Database, filters: FlagFilters, page: Page): AsyncGenerator<string> {
  for await (const rows of flagPages((one) => listFlagRows(db, filters, one), page)) yield csvRows(rows);
}

async function* ndjsonPieces(db: Database, filters: FlagFilters, page: Page): AsyncGenerator<string> {
  const line = (flag: RecordedFlag) => `${JSON.stringify(flagItem(flag))}\n`;
  for await (const flags of flagPages((one) => listFlags(db, filters, one), page)) yield flags.map(line).join('');
}
