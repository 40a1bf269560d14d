import { factCheckMark } from './fact-check-mark.js';
import { normalise } from './normalise.js';
import { ASKS, CALLS, DENIES, INSISTS, MOCKS, QUESTION, REPORTS, SOFT } from './stance-cues.js';

/**
 * What a post does with a claim that it repeats: puts it forward as fact, says that it is false, tells of it (of its denial, or
 * of those who spread it), or asks whether it is true.
 */
export type Stance = 'spreads' | 'denies' | 'reports' | 'asks';

export interface StanceReading {
  readonly stance: Stance;
  /** The words that decided, as normalised, or the address or headline mark; null where nothing speaks against spreading. */
  readonly cue: string | null;
}

const SPREADS: StanceReading = { stance: 'spreads', cue: null };

/**
 * Reads the stance by the words around the claim. Who insists that something is no hoax, or that its denial is the lie, spreads
 * it, whatever else they say; a link to a fact-check or a checker's headline mark outweighs that.
 *
 * Pure and total; linear in the text, of which only what `normalise` looks at is read. Rules, not a model: there is no public
 * set of Indonesian posts with stances to learn from; models/checks/stance says how often they are right.
 *
 * @param factCheckHosts sites whose addresses are fact-checks, beside those known everywhere
 */
export function stanceOf(text: string, factCheckHosts: ReadonlySet<string> = new Set()): StanceReading {
  const line = normalise(text);
  const insists = firstCue(line, INSISTS);
  const mark = factCheckMark(text, factCheckHosts);
  if (mark !== null && (insists === null || mark.sure)) return { stance: 'denies', cue: mark.cue };
  const asks = firstCue(line, ASKS);
  if (insists !== null) return asks !== null && line.endsWith('?') ? { stance: 'asks', cue: asks } : SPREADS;
  if (asks !== null) return { stance: 'asks', cue: asks };
  const reports = firstCue(line, REPORTS);
  if (reports !== null) return { stance: 'reports', cue: reports };
  const denies = firstCue(line, DENIES) ?? firstCue(line, MOCKS);
  if (denies !== null) return { stance: 'denies', cue: denies };
  if (firstCue(line, CALLS) !== null) return SPREADS;
  if (QUESTION.test(line)) return { stance: 'asks', cue: '?' };
  const soft = firstCue(line, SOFT);
  return soft === null ? SPREADS : { stance: 'denies', cue: soft };
}

function firstCue(line: string, cues: readonly RegExp[]): string | null {
  for (const cue of cues) {
    const found = cue.exec(line);
    if (found) return found[0].trim();
  }
  return null;
}
