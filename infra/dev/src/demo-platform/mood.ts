import { readFileSync } from 'node:fs';
import Type, { type Static } from 'typebox';
import { Compile } from 'typebox/compile';

/** How a platform that is not well meets a notice; what is left out is as on a good day. */
const Mood = Type.Object({
  /** Thinks so long before it does anything. */
  delayMs: Type.Optional(Type.Integer({ minimum: 0 })),
  /** Every so many notices are answered with `status`. */
  every: Type.Optional(Type.Integer({ minimum: 1 })),
  status: Type.Optional(Type.Integer({ minimum: 429, maximum: 599 })),
  /** Such a notice has been taken all the same, as when a gateway gives up on a slow server. */
  taken: Type.Optional(Type.Boolean()),
});
export type Mood = Static<typeof Mood>;
const Checked = Compile(Mood);

const WELL: Mood = {};

/** @param file JSON, read at each notice, so that moods change while the platform runs; none of it is a good day */
export const moodIn = (file: string | undefined) => (): Mood => {
  if (file === undefined) return WELL;
  try {
    const mood: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return Checked.Check(mood) ? mood : WELL;
  } catch {
    return WELL;
  }
};
