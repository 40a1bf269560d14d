import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startPostgres } from '@siaga/engines';
import { migrate } from '@siaga/storage';
import { loadFlags } from './many-flags/load-flags.js';
import { measure } from './many-flags/measure.js';

const HELP = `npm run many-flags -- [--flags 2000000] [--each 24] [--database URL]

How fast the feed answers where there are many flags: a PostgreSQL of its own is filled with an invented history, and asked
--each questions of every kind. With --database, one that was filled before is asked. Prints one line of JSON.`;

const { values } = parseArgs({
  options: {
    flags: { type: 'string', default: '2000000' },
    each: { type: 'string', default: '24' },
    database: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});
const say = (message: string) => console.error(`many-flags | ${message}`);

if (values.help) console.log(HELP);
else if (values.database !== undefined) await ask(values.database);
else {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'siaga-many-flags-'));
  const postgres = await startPostgres({ port: await freePort(), dataDir: path.join(folder, 'postgres') });
  try {
    await migrate(postgres.url);
    await loadFlags(postgres.url, Number(values.flags), say);
    await ask(postgres.url);
  } finally {
    await postgres.stop();
    await Promise.all([folder, postgres.dataDir].map((dir) => rm(dir, { recursive: true, force: true })));
  }
}

async function ask(database: string): Promise<void> {
  const measured = await measure(database, { each: Number(values.each), env: process.env });
  for (const { kind, asked, p50, p95, slowest, goOn } of [...measured.kinds, measured.all]) {
    say(
      `${kind.padEnd(28)} ${String(asked).padStart(4)}  p50 ${p50} ms  p95 ${p95} ms  slowest ${slowest} ms  short pages ${goOn}`,
    );
  }
  console.log(JSON.stringify(measured));
}
