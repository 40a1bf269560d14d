import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { CheckResult } from '../check.js';
import type { Workspace } from '../workspace.js';

const commands = [
  'npm start',
  '-- --once',
  '--posts',
  '--feed',
  '--empty',
  'npm run -s score',
  'npm test',
  'npm run accept',
  'npm run reset',
  '/v1/flags',
];
const SCREENSHOT_BYTES_MIN = 20_000;

/** Whether a newcomer can find everything in README.md; whether it reads well is for people. */
export function readme({ checkout }: Workspace): Promise<CheckResult[]> {
  const file = path.join(checkout, 'README.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const missing = commands.filter((command) => !text.includes(command));
  const images = [...text.matchAll(/!\[[^\]]*\]\(([^)\s]+\.(?:png|jpe?g|webp))\)/g)].map(([, target = '']) =>
    path.join(checkout, target),
  );
  const shots = images.filter((image) => existsSync(image) && statSync(image).size >= SCREENSHOT_BYTES_MIN);
  return Promise.resolve([
    {
      what: 'README.md names every command',
      figure: missing.length === 0 ? `all ${commands.length}` : `missing: ${missing.join(', ')}`,
      bar: 'all',
      pass: missing.length === 0,
    },
    { what: 'it shows a screenshot', figure: `${shots.length}`, bar: '>= 1', pass: shots.length > 0 },
    {
      what: 'it shows an excerpt of the table',
      figure: /^\| posts in\s+\|\s+\d+/m.test(text) ? 'yes' : 'no',
      bar: 'yes',
      pass: /^\| posts in\s+\|\s+\d+/m.test(text),
    },
  ]);
}
