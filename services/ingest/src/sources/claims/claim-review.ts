import type { ClaimMedia } from '@siaga/contracts';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { plainText } from '../plain-text.js';

/** What a fact-checker says of a claim. */
export interface Review {
  readonly claim: string;
  readonly verdict: string;
  readonly publisher?: string;
  readonly publishedAt?: string;
  /** Of the article, where the review says it. */
  readonly url?: string;
  readonly media?: ClaimMedia;
}

const Name = Type.Optional(Type.Union([Type.String(), Type.Object({ name: Type.Optional(Type.String()) })]));
/** schema.org/ClaimReview, as much of it as we read. */
const ClaimReview = Compile(
  Type.Object({
    claimReviewed: Type.String({ minLength: 1 }),
    reviewRating: Type.Object({
      alternateName: Type.Optional(Type.String()),
      name: Type.Optional(Type.String()),
      ratingValue: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    }),
    author: Name,
    publisher: Name,
    datePublished: Type.Optional(Type.String()),
    url: Type.Optional(Type.String()),
    itemReviewed: Type.Optional(Type.Unknown()),
  }),
);

const JSON_LD = 'application/ld+json';
const MAX_TAG_LENGTH = 1_000;
const MAX_NODES = 1_000;

/** @returns the reviews that a page holds as JSON-LD, in any of the shapes that search engines read */
export function claimReviews(html: string): Review[] {
  return [...scriptsOf(html)].flatMap((script) => {
    try {
      return reviewsIn(JSON.parse(script));
    } catch {
      return [];
    }
  });
}

/** @returns the reviews in JSON-LD: single ones, lists and graphs of them, and schema.org/DataFeed */
export function reviewsIn(data: unknown, most = MAX_NODES): Review[] {
  return nodesOf(data, most).flatMap((node) => {
    if (!typesOf(node).includes('ClaimReview') || !ClaimReview.Check(node)) return [];
    const { claimReviewed, reviewRating, author, publisher, datePublished, url, itemReviewed } = node;
    const { alternateName, name, ratingValue } = reviewRating;
    const verdict = alternateName ?? name ?? (ratingValue === undefined ? undefined : String(ratingValue));
    if (!verdict?.trim()) return [];
    const by = nameOf(author) ?? nameOf(publisher);
    const media = mediaOf(itemReviewed);
    return {
      claim: plainText(claimReviewed),
      verdict: plainText(verdict),
      ...(by ? { publisher: by } : {}),
      ...(datePublished ? { publishedAt: datePublished } : {}),
      ...(url ? { url } : {}),
      ...(media.length > 0 ? { media } : {}),
    };
  });
}

const MEDIA = { ImageObject: 'image', VideoObject: 'video', AudioObject: 'audio' } as const;
const MAX_MEDIA = 10;

/** Where the claim appeared, as far as these are pictures, videos or recordings with an address. */
function mediaOf(claim: unknown): ClaimMedia {
  if (typeof claim !== 'object' || claim === null) return [];
  const { appearance, firstAppearance } = claim as { appearance?: unknown; firstAppearance?: unknown };
  return [claim, firstAppearance, appearance]
    .flat()
    .filter((work): work is object => typeof work === 'object' && work !== null)
    .flatMap((work) => {
      const { contentUrl, url } = work as { contentUrl?: unknown; url?: unknown };
      const [kind] = typesOf(work).flatMap((type) => MEDIA[type as keyof typeof MEDIA] ?? []);
      const address = typeof contentUrl === 'string' ? contentUrl : url;
      const isWeb = typeof address === 'string' && address.length <= 2_048 && /^https?:\/\/\S+$/.test(address);
      return kind && isWeb ? [{ kind, url: address }] : [];
    })
    .slice(0, MAX_MEDIA);
}

const typesOf = (node: object): unknown[] => [(node as { '@type'?: unknown })['@type']].flat();

/** Contents of JSON-LD scripts. One pass over the page, whatever is in it: what is not closed is not looked for again. */
function* scriptsOf(html: string): Generator<string> {
  const lower = html.toLowerCase();
  for (let at = lower.indexOf('<script'); at >= 0; at = lower.indexOf('<script', at)) {
    const start = lower.indexOf('>', at);
    const end = start < 0 ? -1 : lower.indexOf('</script', start);
    if (end < 0) return;
    if (lower.slice(at, Math.min(start, at + MAX_TAG_LENGTH)).includes(JSON_LD)) yield html.slice(start + 1, end);
    at = end;
  }
}

const nameOf = (of: string | { name?: string } | undefined): string | undefined =>
  typeof of === 'string' ? of : of?.name;

/** Under these lie others: graphs, data feeds and their items. */
const BRANCHES = ['@graph', 'dataFeedElement', 'item', 'itemListElement', 'mainEntity', 'hasPart'] as const;

/** Objects at the top, in lists and under BRANCHES, in their order. */
function nodesOf(data: unknown, most: number): object[] {
  const nodes: object[] = [];
  const waiting: unknown[] = [data];
  while (waiting.length > 0 && nodes.length < most) {
    const node = waiting.pop();
    if (Array.isArray(node)) for (const one of node.slice(0, most).toReversed()) waiting.push(one);
    else if (typeof node === 'object' && node !== null) {
      nodes.push(node);
      for (const branch of BRANCHES) waiting.push((node as Record<string, unknown>)[branch]);
    }
  }
  return nodes;
}

/**
 * Fact-checkers who publish no ClaimReview put their verdict before the claim: "[SALAH] Air rebusan ...".
 *
 * @returns undefined for a title that is no verdict on a claim
 */
export function reviewInTitle(title: string): Review | undefined {
  const [, verdict = '', claim = ''] = /^\s*[[(]([^\])]{2,60})[\])]\s*[:-]?\s*(.+)$/s.exec(title) ?? [];
  return VERDICTS.test(verdict.trim()) ? { claim: claim.trim(), verdict: verdict.trim() } : undefined;
}

/** The words of Indonesian and Malaysian fact-checkers, and their English ones. */
const VERDICTS =
  /^(salah|benar|hoaks?|hoax|disinformasi|misinformasi|menyesatkan|misleading|palsu|klarifikasi|fakta|mitos|satire|satir|parodi|konten (yang )?(menyesatkan|palsu|tiruan|dimanipulasi)|sebagian benar|sebagian salah|keliru|tidak benar|tidak terbukti|tidak berdasar|belum terbukti|false|true|partly false|mostly false|fake|altered|missing context)$/i;
