import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CATALOGUE_FILE, catalogueText } from './metrics-catalogue/markdown-file.js';

await writeFile(CATALOGUE_FILE, catalogueText());
console.log(`${path.relative(process.cwd(), CATALOGUE_FILE)} is written`);
