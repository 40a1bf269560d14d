import { normalise } from '@siaga/text';
import { createRandom } from '../random.js';
import type { Row } from '../rows.js';
import { FAMILIES } from './patterns.js';
import { FILLERS, type Slot } from './fillers.js';

export const TEMPLATE_SOURCE = 'siaga_templates';

const SYLLABLES =
  'ba be bi bo da di do ga gu ha ja jo ka ki ko la li lo ma me mi mo na ni nu pa pi ra ri ro sa se si ta te ti wa yo'.split(
    ' ',
  );
const TARGETS = ['religion', 'race', 'gender', 'disability'] as const;

/**
 * `perPattern` rows of each pattern, slots filled at random (seeded), `*` in a filler by an invented name: a model should learn what is
 * said about a group, not which groups exist. Labels as in patterns.ts; an attack on a group also names the target's sub-label.
 */
export function expandTemplates(perPattern: number, seed: number): Row[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const invent = (): string =>
    Array.from({ length: 2 + Math.floor(random() * 2) }, () => pick(SYLLABLES)).join('') +
    pick(['', '', 'n', 'ng', 'r']);
  const rows: Row[] = [];
  for (const [family, { labels, patterns }] of Object.entries(FAMILIES)) {
    for (const pattern of patterns) {
      for (let i = 0; i < perPattern; i++) {
        const target = pick(TARGETS);
        const fill = (slot: Slot): string => pick(FILLERS[slot === 'group' ? target : slot]).replace('*', invent());
        const text = pattern.replaceAll(/\{(\w{1,20})\}/g, (_, slot: Slot) => fill(slot));
        const attack = labels.hate === 1;
        const targets = attack ? { [target === 'disability' ? 'physical' : target]: 1, individual: 0 } : {};
        rows.push({
          id: `${TEMPLATE_SOURCE}:${family}:${rows.length}`,
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
