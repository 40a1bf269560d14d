import { parseArgs } from 'node:util';
import { trainClaims } from './claims/train-claims.js';
import { CLAIMS_DIR, DATA_DIR, MODEL_DIR } from './paths.js';
import { trainModel } from './train-model.js';

const HELP = `Trains the text model, or what matches posts against known claims, and writes its artefact.

usage: npm run train -- [claims] [--data DIR] [--out DIR] [--epochs N] [--seed N]

  --data DIR    folder of <source>.ndjson.gz files (default ../shared/data beside the repository)
  --out DIR     artefact folder (default models/artefacts/siaga-text, or siaga-claims)
  --epochs N    passes over the training rows (default 8); of the text model
  --seed N      of shuffling and templates (default 7); of the text model
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string', default: DATA_DIR },
    out: { type: 'string' },
    epochs: { type: 'string', default: '8' },
    seed: { type: 'string', default: '7' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else if (positionals[0] === 'claims') trainClaims({ dataDir: values.data, outDir: values.out ?? CLAIMS_DIR });
else
  await trainModel({
    dataDir: values.data,
    outDir: values.out ?? MODEL_DIR,
    epochs: Number(values.epochs),
    seed: Number(values.seed),
  });
