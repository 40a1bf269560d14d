import type { Head } from '../src/heads.js';
import type { Row } from './rows.js';
import { SOURCES } from './rows.js';
import { TEMPLATE_SOURCE } from './templates/expand-templates.js';
import { MENTION_SOURCE } from './templates/put-mentions.js';

const HATE_META: Readonly<Partial<Record<Head, string>>> = {
  individual: 'HS_Individual',
  group: 'HS_Group',
  religion: 'HS_Religion',
  race: 'HS_Race',
  physical: 'HS_Physical',
  gender: 'HS_Gender',
  other: 'HS_Other',
  moderate: 'HS_Moderate',
  strong: 'HS_Strong',
};

const includes = (sources: readonly string[], source: string): boolean => sources.includes(source);

/**
 * What a row says about a head: 1, 0, or undefined when its source says nothing. The written rule:
 * - hate, abusive and the sub-labels: the tweets of 2018-19 as annotated. Insults under celebrities' posts (annotated "hate" by their
 *   source) are bullying here, and stay out of the hate heads, which are tested on them as a foreign source.
 * - bullying: the Instagram sets and those insults.
 * - attack: the attacks on groups among the templates; tweets without hate and whatever else is harmless are 0. Hateful tweets say
 *   nothing: most are insults of persons, and the hate head has them.
 * - hoax: what fact-checkers published (2018 and older for the dated set).
 * - sentence templates of our own: as written there; a harmless one has none of the sub-labels of hate, an attack those it names.
 * - neutral sets: 0 for every head, as weak negatives; the emotion tweets say nothing about abuse, their anger class holds some.
 */
export function target(row: Row, head: Head): number | undefined {
  const { source, labels } = row;
  if (source === MENTION_SOURCE) return head === 'attack' ? 0 : undefined;
  if (source === TEMPLATE_SOURCE) {
    if (head === 'attack') return labels['hate'];
    return HATE_META[head] === undefined || labels['hate'] === undefined ? labels[head] : (labels[head] ?? 0);
  }
  if (includes(SOURCES.neutral, source)) return source === 'id_neutral_emot' && head !== 'hoax' ? undefined : 0;
  if (includes(SOURCES.hate, source)) {
    if (head === 'hate' || head === 'abusive') return labels[head];
    if (head === 'attack') return labels['hate'] === 0 ? 0 : undefined;
    const key = HATE_META[head];
    return key === undefined ? undefined : Number(row.meta[key]);
  }
  if (head === 'bullying') {
    if (includes(SOURCES.bullying, source)) return labels['bullying'];
    if (includes(SOURCES.insult, source)) return labels['hate'];
  }
  if (head === 'hoax' && includes([...SOURCES.hoax, ...SOURCES.hoaxOnly], source)) return labels['hoax'];
  return undefined;
}
