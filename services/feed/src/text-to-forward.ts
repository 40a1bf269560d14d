import { shownAddress } from '@siaga/outgoing';

/** The fields of a frozen notice that a person needs in order to forward it; the rest is for machines. */
interface Frozen {
  readonly information?: unknown;
  readonly explanation?: unknown;
  readonly legal_basis?: unknown;
  readonly due_at?: unknown;
  readonly good_faith?: unknown;
  readonly urls?: unknown;
}

/** What a notice says, as lines of text for a person to send on; its own words, so in the platform's language. */
export function textToForward(payload: string): string {
  const { information, explanation, legal_basis, due_at, good_faith, urls = [] } = JSON.parse(payload) as Frozen;
  const texts = (values: unknown[]) => values.flat().filter((line): line is string => typeof line === 'string');
  const words = texts([information, explanation, legal_basis, due_at, good_faith]);
  return [...words, ...texts([urls]).map(shownAddress)].join('\n');
}
