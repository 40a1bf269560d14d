import { parseArgs } from 'node:util';
import { DATA_DIR, MODEL_DIR } from './paths.js';
import { trainModel } from './train-model.js';

const HELP = `Trains the text model and writes its artefact.

usage: npm run train -- [--data DIR] [--out DIR] [--epochs N] [--seed N]

  --data DIR    folder of <source>.ndjson.gz files (default ../shared/data beside the repository)
  --out DIR     artefact folder (default models/artefacts/siaga-text)
  --epochs N    passes over the training rows (default 8)
  --seed N      of shuffling and templates (default 7)
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    out: { type: 'string', default: MODEL_DIR },
    epochs: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else
  await trainModel({
    dataDir: values.data,
    outDir: values.out,
    epochs: Number(values.epochs),
    seed: Number(values.seed),
  });
