import { Parser } from 'htmlparser2';
import { canonicalName, declaredPrefixes, type Prefixes } from './feed-names.js';

/** What an item of a feed says, as it stands there. */
export interface RawItem {
  readonly id?: string;
  readonly url?: string;
  readonly title?: string;
  readonly author?: string;
  /** When it was published, else when it was changed. */
  readonly date?: string;
  /** HTML, or text that stands where HTML may. */
  readonly body?: string;
}

type Field = keyof RawItem;

/** Which element says what, best first. */
const FIELDS: readonly (readonly [Field, readonly string[]])[] = [
  ['id', ['guid', 'id', 'rdf:about']],
  ['url', ['link', 'guid-permalink']],
  ['title', ['title', 'dc:title', 'media:title']],
  ['author', ['author', 'dc:creator', 'itunes:author']],
  [
    'date',
    [
      ...['pubdate', 'published', 'issued', 'dcterms:issued'],
      ...['updated', 'modified', 'dcterms:modified', 'dc:date', 'created', 'dcterms:created', 'lastbuilddate'],
    ],
  ],
  [
    'body',
    ['content:encoded', 'content', 'body', 'xhtml:body', 'fullitem', 'description', 'summary', 'dc:description'],
  ],
];
const KNOWN = new Set(FIELDS.flatMap(([, names]) => names));

const ROOTS = new Set(['rss', 'rdf:rdf', 'feed', 'channel']);
const ITEMS = new Set(['item', 'entry']);
/** No feed is as deep as that; and the parser's own time grows with the square of the depth. */
const MAX_DEPTH = 200;
const MAX_ITEMS = 1_000;

interface Open {
  readonly name: string;
  readonly prefixes: Prefixes;
  readonly base: string | undefined;
}

/** An element of an item while it is being read. */
interface Capture {
  readonly name: string;
  readonly depth: number;
  readonly isBase64: boolean;
  readonly base: string | undefined;
  text: string;
  /** The `name` inside an Atom person. */
  person?: string;
}

class TooDeep extends Error {}

/**
 * Reads RSS 0.9x, 1.0 and 2.0 and Atom 0.3 and 1.0, also where they are not quite well-formed, the way that feed readers
 * have always read them: by names, in any order, with whatever is missing left out. What XML knows by itself is all that is
 * expanded: entities that a feed declares are left as they stand.
 *
 * @returns its items in the order of the feed, undefined when the text is no feed
 */
export function readXmlFeed(text: string): RawItem[] | undefined {
  const items: RawItem[] = [];
  const open: Open[] = [];
  let isFeed = false;
  let item: Map<string, string> | undefined;
  let itemDepth = 0;
  let capture: Capture | undefined;

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        const parent = open.at(-1);
        const prefixes = declaredPrefixes(attributes, parent?.prefixes);
        const name = canonicalName(tag, prefixes);
        const base = resolved(attributes['xml:base'], parent?.base);
        open.push({ name, prefixes, base });
        if (open.length > MAX_DEPTH) throw new TooDeep();
        if (open.length <= 2 && ROOTS.has(name)) isFeed = true;
        if (capture) openInside(capture, name, open.length);
        else if (!item && ITEMS.has(name)) {
          item = new Map();
          itemDepth = open.length;
          const about = attributes['rdf:about'];
          if (about) item.set('rdf:about', about);
        } else if (item && open.length === itemDepth + 1 && KNOWN.has(name)) {
          capture = captureOf(name, attributes, { item, depth: open.length, base });
        }
      },
      ontext(piece) {
        if (capture) addText(capture, piece, open);
      },
      onclosetag() {
        if (capture && open.length > capture.depth) closeInside(capture, open.at(-1)?.name ?? '');
        if (capture && open.length === capture.depth) {
          if (item) keep(item, capture);
          capture = undefined;
        }
        if (item && open.length === itemDepth) {
          if (items.length < MAX_ITEMS) items.push(itemOf(item));
          item = undefined;
        }
        open.pop();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  try {
    parser.write(text);
    parser.end();
  } catch (error) {
    if (error instanceof TooDeep) return undefined;
    throw error;
  }
  return isFeed ? items : undefined;
}

function captureOf(
  name: string,
  attributes: Readonly<Record<string, string>>,
  { item, depth, base }: { item: Map<string, string>; depth: number; base: string | undefined },
): Capture {
  const { href, rel = 'alternate', type = '', mode, src, isPermaLink, ispermalink } = attributes;
  if (name === 'link' && href !== undefined && (rel === 'alternate' || rel === '')) {
    if (!item.has('link')) item.set('link', resolved(href.trim(), base) ?? '');
  }
  if (name === 'guid' && (isPermaLink ?? ispermalink)?.toLowerCase() !== 'false') item.set('permalink?', 'yes');
  const isBase64 = mode === 'base64' || (name === 'content' && src === undefined && isBinary(type));
  return { name, depth, isBase64, base, text: '' };
}

const isBinary = (type: string): boolean => type.includes('/') && !/^text\/|[/+]xml$|html/i.test(type);

/** Markup in a body is kept, without its attributes: what reads it wants to know where paragraphs end. */
function openInside(capture: Capture, name: string, depth: number): void {
  if (capture.name === 'author') {
    if (depth === capture.depth + 1 && name === 'name') capture.person = '';
    return;
  }
  capture.text += `<${tagOf(name)}>`;
}

function closeInside(capture: Capture, name: string): void {
  if (capture.name !== 'author') capture.text += `</${tagOf(name)}>`;
}

const tagOf = (name: string): string => name.replace(/^.*:/, '').replace(/[^a-z0-9]/g, '');

function addText(capture: Capture, piece: string, open: readonly Open[]): void {
  if (capture.name === 'author' && open.length > capture.depth) {
    if (open.at(-1)?.name === 'name') capture.person = (capture.person ?? '') + piece;
    return;
  }
  // Text inside markup was text there, too.
  capture.text += open.length > capture.depth ? piece.replace(/&/g, '&amp;').replace(/</g, '&lt;') : piece;
}

function keep(item: Map<string, string>, capture: Capture): void {
  const { name, isBase64, base } = capture;
  const text = (capture.person ?? (isBase64 ? fromBase64(capture.text) : capture.text)).trim();
  if (text === '' || item.has(name)) return;
  item.set(name, name === 'link' ? (resolved(text, base) ?? '') : text);
  if (name === 'guid' && item.get('permalink?')) item.set('guid-permalink', resolved(text, base) ?? '');
}

function itemOf(found: ReadonlyMap<string, string>): RawItem {
  const item: { -readonly [F in Field]?: string } = {};
  for (const [field, names] of FIELDS) {
    const name = names.find((candidate) => found.has(candidate));
    if (name !== undefined) item[field] = found.get(name) as string;
  }
  return item;
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

/** An address as it stands, or against the base around it where there is one. */
function resolved(address: string | undefined, base: string | undefined): string | undefined {
  if (address === undefined) return base;
  if (base === undefined || !URL.canParse(address, base)) return address;
  return new URL(address, base).href;
}
