import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, startPostgres } from '@siaga/engines';
import { migrate } from '@siaga/storage';
import { serveMany } from './many-subscribers/serve-many.js';

const HELP = `npm run many-subscribers -- [--subscribers 1000] [--rate 500] [--seconds 60]

Whether the live stream serves many at once: a feed of its own on a PostgreSQL of its own, --rate flags a second for --seconds,
and --subscribers that keep a ledger of what they receive. Prints one line of JSON.`;

const { values } = parseArgs({
  options: {
    subscribers: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '500' },
    seconds: { type: 'string', default: '60' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) console.log(HELP);
else {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'siaga-many-subscribers-'));
  const postgres = await startPostgres({ port: await freePort(), dataDir: path.join(folder, 'postgres') });
  try {
    await migrate(postgres.url);
    const [subscribers, rate, seconds] = [Number(values.subscribers), Number(values.rate), Number(values.seconds)];
    const say = (message: string) => console.error(`many-subscribers | ${message}`);
    console.log(JSON.stringify(await serveMany(postgres.url, { subscribers, rate, seconds, env: process.env, say })));
  } finally {
    await postgres.stop();
    await Promise.all([folder, postgres.dataDir].map((dir) => rm(dir, { recursive: true, force: true })));
  }
}
