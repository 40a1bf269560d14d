import { normalise } from '@siaga/text';
import { createRandom } from '../random.js';
import type { Row } from '../rows.js';
import { FAMILIES } from './patterns.js';
import { GROUP_ATTACKS } from './group-attacks.js';
import { GROUP_MENTIONS } from './group-mentions.js';
import { FILLERS, type Slot } from './fillers.js';

export const TEMPLATE_SOURCE = 'siaga_templates';

const SYLLABLES =
  'ba be bi bo da di do ga gu ha ja jo ka ki ko la li lo ma me mi mo na ni nu pa pi ra ri ro sa se si ta te ti wa yo'.split(
    ' ',
  );
/** Kinds of groups, each a slot. */
export const GROUP_KINDS = ['religion', 'race', 'gender', 'disability', 'newcomer'] as const;
/** The sub-label of hate that each kind of group belongs to. */
const LABEL = {
  religion: 'religion',
  race: 'race',
  gender: 'gender',
  disability: 'physical',
  newcomer: 'other',
} as const;
const EVERYDAY = GROUP_MENTIONS['everyday']?.patterns ?? [];
const ALL_FAMILIES = { ...FAMILIES, ...GROUP_ATTACKS, ...GROUP_MENTIONS };

/** Words for slots at random; `*` in them, and in a text given to `invented`, becomes an invented name. */
export function createFiller(random: () => number) {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const invent = (): string =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(SYLLABLES)).join('') +
    pick(['', '', 'n', 'ng', 'r']);
  const invented = (text: string): string => text.replaceAll('*', invent);
  const fill = (slot: keyof typeof FILLERS, number?: number): string =>
    invented(number === undefined ? pick(FILLERS[slot]) : (FILLERS[slot][number] ?? ''));
  return { pick, fill, invented };
}

/**
 * At most `perPattern` different rows of each pattern, slots filled at random (seeded), `*` in a filler by an invented name: a model should learn what is
 * said about a group, not which groups exist. Labels as in patterns.ts; an attack on a group also names the target's sub-label.
 */
export function expandTemplates(perPattern: number, seed: number): Row[] {
  const random = createRandom(seed);
  const { pick, fill, invented } = createFiller(random);
  /** What people write around a sentence, so that neither its place in a post nor its length gives the label away. */
  const surround = (sentence: string): string => {
    const dice = random();
    if (dice < 0.15) return `${pick(FILLERS.opener)} ${sentence}`;
    if (dice < 0.3) return `${sentence} ${pick(FILLERS.closer)}`;
    if (dice < 0.4) return `${pick(EVERYDAY)}. ${sentence}`;
    if (dice < 0.5) return `${sentence}. ${pick(EVERYDAY)}, ${pick(EVERYDAY)}`;
    return sentence;
  };
  const seen = new Set<string>();
  const rows: Row[] = [];
  for (const [family, { labels, patterns }] of Object.entries(ALL_FAMILIES)) {
    for (const [number, pattern] of patterns.entries()) {
      for (let i = 0; i < perPattern; i++) {
        const target = pick(GROUP_KINDS);
        const sentence = invented(
          pattern.replaceAll(/\{(\w{1,20})\}/g, (_, slot: Slot) => fill(slot === 'group' ? target : slot)),
        );
        const text = surround(sentence);
        if (seen.has(text)) continue;
        seen.add(text);
        const attack = labels.hate === 1;
        const targets = attack ? { [LABEL[target]]: 1, individual: 0, ...labels } : {};
        rows.push({
          id: `${TEMPLATE_SOURCE}:${family}:${number}:${i}`,
          source: TEMPLATE_SOURCE,
          split: 'train',
          text,
          normalised: normalise(text),
          labels: { ...labels, ...targets },
          meta: {},
          group: -1,
        });
      }
    }
  }
  return rows;
}
