import { parseArgs } from 'node:util';
import { DATA_DIR, MODEL_DIR } from './paths.js';
import { writeReference } from './reference.js';
import { readRows } from './rows.js';

const HELP = `Writes into a model's manifest what the validation rows look like to it, which drift is measured against. Training does it too.

usage: npm run reference -- [--data DIR] [--model DIR]
`;

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: DATA_DIR },
    model: { type: 'string', default: MODEL_DIR },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) process.stdout.write(HELP);
else await writeReference(values.model, readRows(values.data));
