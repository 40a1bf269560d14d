import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ASYNCAPI_FILE, asyncApiText } from './asyncapi/yaml-file.js';

await writeFile(ASYNCAPI_FILE, asyncApiText());
console.log(`${path.relative(process.cwd(), ASYNCAPI_FILE)} is written`);
