import { normalise } from '@siaga/text';
import { createRandom } from '../random.js';
import type { Row } from '../rows.js';
import { createFiller, GROUP_KINDS } from './expand-templates.js';
import { FILLERS } from './fillers.js';

/** Rows that say only that naming a group is no attack. */
export const MENTION_SOURCE = 'siaga_mentions';

const LONGEST = 30;

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

/**
 * Neutral posts with a group put into them, in place of a word or beside one, and each group by itself. Without them "perempuan" alone was an
 * attack: among posts only the templates name groups, and so the naming looked like the attack.
 */
export function putMentions(neutral: readonly Row[], seed: number): Row[] {
  const random = createRandom(seed);
  const { pick, fill } = createFiller(random);
  const row = (text: string, like: Pick<Row, 'split' | 'group'>, number: number): Row => ({
    ...like,
    id: `${MENTION_SOURCE}:${like.split}:${number}`,
    source: MENTION_SOURCE,
    text,
    normalised: normalise(text),
    labels: { hate: 0 },
    meta: {},
  });
  const posts = neutral.map((post, i) => {
    const text = words(post.text).slice(0, LONGEST);
    const at = Math.floor(random() * (text.length + 1));
    text.splice(at, random() < 0.5 ? 1 : 0, fill(pick(GROUP_KINDS)));
    if (random() < 0.5) return row(text.join(' '), post, i);
    // A piece of the post about the group: short texts are where a single word weighs most.
    const length = 1 + Math.floor(random() * 6);
    const from = Math.max(0, at - Math.floor(random() * length));
    return row(text.slice(from, from + length).join(' '), post, i);
  });
  const bare = GROUP_KINDS.flatMap((kind) => FILLERS[kind].map((_, i) => fill(kind, i)));
  const split = neutral[0]?.split ?? 'train';
  return [...posts, ...bare.map((text, i) => row(text, { split, group: -1 }, neutral.length + i))];
}
