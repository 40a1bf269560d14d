import Type from 'typebox';
import type { SourceEvent } from './source.js';

/** Which languages to take, as primary subtags of BCP 47. */
export const Languages = Type.Array(Type.String({ pattern: '^[a-z]{2,3}$' }), { minItems: 1 });

/**
 * Only what says that it is in another language is left out: a removal says nothing, and neither do many posts. An edit is
 * always taken: the version before may have been in ours.
 */
export function isWanted(content: SourceEvent['content'], languages: readonly string[] | undefined): boolean {
  if (!languages || content.kind !== 'post' || content.language === undefined || content.editedAt) return true;
  return languages.includes(content.language.toLowerCase().split('-')[0] as string);
}
