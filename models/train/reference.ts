import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { guessLanguage, normalisedTokens } from '@siaga/text';
import { loadScorer } from '../src/load.js';
import type { Manifest } from '../src/manifest.js';
import type { Scorer } from '../src/scorer.js';
import { addLanguage, addText, emptyProfile, type TextProfile } from '../src/text-profile.js';
import type { Row } from './rows.js';

const BATCH = 1024;

/**
 * What the validation rows look like to the model, those of neutral sources among them: texts of the kinds that it was fitted to,
 * none of which it learnt from.
 */
export function profileOf(scorer: Scorer, rows: readonly Row[]): TextProfile {
  const profile = emptyProfile();
  const texts = rows.filter(({ split }) => split === 'validation').map(({ text }) => text);
  for (let from = 0; from < texts.length; from += BATCH) {
    const batch = texts.slice(from, from + BATCH);
    const scores = scorer.categories(batch);
    const unknown = scorer.unknownShares(batch);
    batch.forEach((text, i) => {
      addText(profile, { scores: scores[i]!, length: text.length, unknown: unknown[i]! });
      const language = guessLanguage(normalisedTokens(text));
      addLanguage(profile, language === 'id' || language === 'unknown' ? language : 'other');
    });
  }
  return profile;
}

/** Writes the profile into the manifest of an artefact, whose weights stay as they are. */
export async function writeReference(dir: string, rows: readonly Row[]): Promise<void> {
  const scorer = await loadScorer(dir);
  const reference = profileOf(scorer, rows);
  scorer.dispose();
  const file = join(dir, 'manifest.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  writeFileSync(file, `${JSON.stringify({ ...manifest, reference }, null, 2)}\n`);
}
