import { CATEGORIES, type Category } from '@siaga/contracts';
import { TEXT_FINGERPRINT } from '@siaga/text';
import { HEADS, type Head } from '../src/heads.js';
import type { Thresholds } from '../src/scorer.js';
import { calibrateHeads, isOwnSource, probabilities } from './calibrate-heads.js';
import { placeAttack } from './place-attack.js';
import { chooseThresholds, THRESHOLD_POLICY, type NeutralSet } from './choose-thresholds.js';
import { SOURCE_WEIGHTS } from './importance.js';
import { FEATURES, learn } from './learn.js';
import { auc, calibrationError, confusion, type Judged } from './metrics.js';
import { writeReference } from './reference.js';
import { ALL_SOURCES, readRows, SOURCES, withoutLeaks, type Row } from './rows.js';
import { target } from './targets.js';
import { expandTemplates } from './templates/expand-templates.js';
import { putMentions } from './templates/put-mentions.js';
import { writeArtefact } from './write-artefact.js';

const TEMPLATES_PER_PATTERN = 12;
const LICENCE =
  'Weights for research and non-commercial use only, until retrained on data of your own: several training sources are ' +
  'non-commercial (CC BY-NC-SA 4.0) or state no licence. The code is Apache-2.0.';

export interface TrainOptions {
  readonly dataDir: string;
  readonly outDir: string;
  readonly epochs: number;
  readonly seed: number;
}

const log = (text: string): void => void process.stderr.write(`${text}\n`);

const isNeutral = ({ source }: Row): boolean => (SOURCES.neutral as readonly string[]).includes(source);

/** What a model learns from: the train split without leaks, the sentence templates, and mentions of groups in neutral posts. */
export function trainingRows(published: readonly Row[], seed: number): Row[] {
  const train = published.filter(({ split }) => split === 'train');
  const third = train.filter(isNeutral).filter((_, i) => i % 3 === 0);
  return [...train, ...expandTemplates(TEMPLATES_PER_PATTERN, seed), ...putMentions(third, seed)];
}

/** Trains on the train split, calibrates and chooses thresholds on validation, writes the artefact. */
export async function trainModel({ dataDir, outDir, epochs, seed }: TrainOptions): Promise<void> {
  log(`reading ${dataDir}`);
  const published = withoutLeaks(readRows(dataDir, ALL_SOURCES));
  const training = trainingRows(published, seed);
  const validation = published.filter(({ split }) => split === 'validation');
  log(`${training.length} training rows, ${validation.length} validation rows`);
  const learned = await learn(training, { epochs, seed });
  const calibration = calibrateHeads(learned, validation);
  const judged = (rows: readonly Row[], head: Head): Judged[] =>
    probabilities(learned, calibration, rows, head).map((score, i) => ({
      score,
      truth: target(rows[i] as Row, head) === 1 ? 1 : 0,
    }));
  const thresholdsOf = (category: Category): Thresholds =>
    chooseThresholds(
      judged(
        validation.filter((row) => isOwnSource(row, category)),
        category,
      ),
      SOURCES.neutral
        .filter((source) => source !== 'id_neutral_emot')
        .map((source): NeutralSet => ({
          items: judged(
            validation.filter((row) => row.source === source),
            category,
          ),
          election: source === 'id_neutral_pilpres2019',
        })),
    );
  calibration['attack'] = placeAttack(
    learned,
    training,
    putMentions(validation.filter(isNeutral), seed + 1),
    thresholdsOf('hate').flag,
  );

  const metrics: Record<string, unknown> = {};
  const thresholds = {} as Record<Category, Thresholds>;
  for (const head of HEADS) {
    const own = validation.filter((row) => isOwnSource(row, head));
    if (own.length === 0) continue;
    const labelled = judged(own, head);
    const summary = {
      auc: auc(labelled),
      f1: confusion(labelled, 0.5).f1,
      calibrationError: calibrationError(labelled),
    };
    metrics[head] = { rows: labelled.length, ...round(summary) };
    log(`${head.padEnd(11)} validation ${JSON.stringify(metrics[head])}`);
    const category = CATEGORIES.find((name) => name === head);
    if (category === undefined) continue;
    thresholds[category] = thresholdsOf(category);
    log(`${head.padEnd(11)} thresholds ${JSON.stringify(thresholds[category])}`);
  }
  const manifest = writeArtefact(outDir, learned.packed, {
    name: 'siaga-text',
    version: new Date().toISOString().slice(0, 10).replaceAll('-', '.'),
    created: new Date().toISOString(),
    licence: LICENCE,
    textFingerprint: TEXT_FINGERPRINT,
    features: FEATURES,
    heads: HEADS,
    bias: [...learned.bias],
    calibration,
    thresholds,
    data: countRows([...training, ...validation]),
    training: { epochs, seed, sourceWeights: SOURCE_WEIGHTS, thresholdPolicy: THRESHOLD_POLICY, loss: learned.loss },
    metrics: { validation: metrics },
  });
  log('profiling the validation rows');
  await writeReference(outDir, published);
  log(`wrote ${outDir}: ${manifest.weights.bytes} bytes of weights, ${manifest.weights.sha256.slice(0, 12)}`);
}

function countRows(rows: readonly Row[]): Record<string, Record<string, number>> {
  const counts: Record<string, Record<string, number>> = {};
  for (const { source, split } of rows) {
    const of = (counts[source] ??= {});
    of[split] = (of[split] ?? 0) + 1;
  }
  return counts;
}

const round = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([key, x]) => [key, Math.round(x * 1e4) / 1e4]));
