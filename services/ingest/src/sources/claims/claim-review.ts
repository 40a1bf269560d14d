import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { plainText } from '../plain-text.js';

/** What a fact-checker says of a claim. */
export interface Review {
  readonly claim: string;
  readonly verdict: string;
  readonly publisher?: string;
  readonly publishedAt?: string;
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
  }),
);

const JSON_LD = 'application/ld+json';
const MAX_TAG_LENGTH = 1_000;
const MAX_NODES = 1_000;

/** @returns the reviews that a page holds as JSON-LD, in any of the shapes that search engines read */
export function claimReviews(html: string): Review[] {
  const reviews: Review[] = [];
  for (const script of scriptsOf(html)) {
    let data: unknown;
    try {
      data = JSON.parse(script);
    } catch {
      continue;
    }
    for (const node of nodesOf(data)) {
      const types = [(node as { '@type'?: unknown })['@type']].flat();
      if (!types.includes('ClaimReview') || !ClaimReview.Check(node)) continue;
      const { claimReviewed, reviewRating, author, publisher, datePublished } = node;
      const { alternateName, name, ratingValue } = reviewRating;
      const verdict = alternateName ?? name ?? (ratingValue === undefined ? undefined : String(ratingValue));
      if (!verdict?.trim()) continue;
      const by = nameOf(author) ?? nameOf(publisher);
      reviews.push({
        claim: plainText(claimReviewed),
        verdict: plainText(verdict),
        ...(by ? { publisher: by } : {}),
        ...(datePublished ? { publishedAt: datePublished } : {}),
      });
    }
  }
  return reviews;
}

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

/** Objects at the top, in lists and under `@graph`. */
function nodesOf(data: unknown): object[] {
  const nodes: object[] = [];
  const waiting: unknown[] = [data];
  while (waiting.length > 0 && nodes.length < MAX_NODES) {
    const node = waiting.pop();
    if (Array.isArray(node)) waiting.push(...node.slice(0, MAX_NODES));
    else if (typeof node === 'object' && node !== null) {
      nodes.push(node);
      waiting.push((node as { '@graph'?: unknown })['@graph']);
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
