import { randomUUID } from 'node:crypto';
import { recordClaims, type Queryable } from '@siaga/storage';
import Type, { type Static } from 'typebox';
import { RequestError } from '../problem.js';

/** What a person here says is not true. */
export const DeskClaim = Type.Object(
  {
    text: Type.String({ minLength: 1, maxLength: 4000, pattern: '^[^\\u0000]*$' }),
    url: Type.Optional(Type.String({ maxLength: 2048, pattern: '^https?://[^\\s\\u0000]+$' })),
    verdict: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\u0000]*$', description: 'such as "salah"' }),
  },
  { additionalProperties: false, description: 'what is not true; the fact-check, if there is one' },
);
export type DeskClaim = Static<typeof DeskClaim>;

/** What claims of the desk are published with. */
export interface Desk {
  /** Who checked the claims that people here make. */
  readonly publisher: string;
  /** Where people reach the console; a claim without a fact-check points there. */
  readonly publicUrl: URL | undefined;
}

/**
 * Records a claim under a new id, so that posts are matched against it within seconds.
 *
 * @param place in the console, as its fragment, that shows what the claim was made of
 * @throws RequestError when it is known, or has no address to point to
 */
export async function recordDeskClaim(
  tx: Queryable,
  { text, verdict, url: given }: DeskClaim,
  place: string,
  { publisher, publicUrl }: Desk,
) {
  const url = given ?? (publicUrl && new URL(`/${place}`, publicUrl).href);
  if (url === undefined) throw new RequestError(400, 'give the claim a url: this console has no public address');
  const claim = { claimId: `desk:${randomUUID()}`, text, verdict, url, publisher };
  const made = { schemaVersion: 1 as const, ...claim, publishedAt: new Date().toISOString() };
  if ((await recordClaims(tx, [made], 'decision')) === 0) {
    throw new RequestError(409, 'this claim is known already, from the same address');
  }
  return claim;
}
