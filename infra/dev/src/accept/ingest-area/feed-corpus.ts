import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { engineEnvironment } from '@siaga/engines';
import { Fault } from '../../fault.js';
import type { CheckResult } from '../check.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

const FEEDPARSER = 'feedparser==6.0.14';
const AGREEMENT_WANTED = 0.97;
const SLOWEST_MS = 200;
const SHOWN = 60;

interface Reading {
  readonly file: string;
  readonly wellFormed: boolean;
  readonly items: readonly {
    readonly id?: string;
    readonly title?: string;
    readonly link?: string;
    readonly published_parsed?: number;
    readonly updated_parsed?: number;
  }[];
}

/** Our reader of feeds, from the built service. */
interface Reader {
  readonly readFeed: (body: Uint8Array) => { id?: string; url?: string; title?: string; date?: string }[] | undefined;
  readonly feedDate: (text: string) => Date | undefined;
  readonly plainText: (html: string) => string;
}

/** The corpus of PyPI's feedparser, read by it and by us. */
export async function feedCorpus(workspace: Workspace): Promise<CheckResult[]> {
  const readings = await oracle(workspace);
  const reader = await ourReader(workspace.checkout);
  const disagreements: string[] = [];
  let [crashes, slow, wellFormed] = [0, 0, 0];
  for (const reading of readings) {
    const body = readFileSync(reading.file);
    const startedAt = performance.now();
    let difference: string | undefined;
    try {
      const items = reader.readFeed(body);
      if (performance.now() - startedAt > SLOWEST_MS) slow++;
      difference = differenceOf(reading, items ?? [], reader);
    } catch (error) {
      crashes++;
      difference = (error as Error).message;
    }
    if (!reading.wellFormed) continue;
    wellFormed++;
    if (difference) disagreements.push(`${reading.file.split('/tests/')[1]}: ${difference}`);
  }
  for (const line of disagreements.slice(0, SHOWN)) workspace.say(`differs | ${line}`);
  const agreement = 1 - disagreements.length / wellFormed;
  return [
    {
      what: `${readings.length} files of feedparser's corpus: crashes`,
      figure: String(crashes),
      bar: '0',
      pass: crashes === 0,
    },
    { what: `files that take over ${SLOWEST_MS} ms`, figure: String(slow), bar: '0', pass: slow === 0 },
    {
      what: `agreement on ${wellFormed} well-formed files: count, ids, titles, links, dates`,
      figure: `${(agreement * 100).toFixed(1)}%, ${disagreements.length} differ`,
      bar: `>= ${AGREEMENT_WANTED * 100}%`,
      pass: agreement >= AGREEMENT_WANTED,
    },
  ];
}

/** feedparser in a virtual environment of its own, with the corpus of its source distribution. */
async function oracle({ checkout, env, logFolder, say }: Workspace): Promise<Reading[]> {
  const folder = path.join(engineEnvironment(env).cacheFolder, 'feedparser');
  const pip = path.join(folder, 'venv', 'bin', 'pip');
  const run = async (command: string, args: readonly string[]): Promise<string> => {
    const logFile = path.join(logFolder, 'feedparser.log');
    const { code, output } = await runProgram(command, args, { cwd: folder, env, logFile, timeoutMs: 300_000 });
    if (code !== 0) throw new Fault(`${command} failed: see ${logFile}`);
    return output;
  };
  mkdirSync(folder, { recursive: true });
  const corpus = () => readdirSync(folder).find((name) => /^feedparser-[\d.]+$/.test(name));
  if (!existsSync(pip) || !corpus()) {
    say(`installing feedparser into ${folder}`);
    await run('python3', ['-m', 'venv', 'venv']);
    await run(pip, ['-q', 'install', FEEDPARSER]);
    await run(pip, ['-q', 'download', '--no-binary', ':all:', '--no-deps', FEEDPARSER]);
    await run('sh', ['-c', 'tar xzf feedparser-*.tar.gz']);
  }
  const tests = path.join(folder, corpus() ?? '', 'tests');
  const program = path.join(checkout, 'infra/dev/peers/feed_oracle.py');
  const lines = await run(path.join(folder, 'venv', 'bin', 'python'), ['-W', 'ignore', program, tests]);
  return lines
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Reading);
}

async function ourReader(checkout: string): Promise<Reader> {
  const load = (file: string) =>
    import(pathToFileURL(path.join(checkout, 'services/ingest/dist/sources', file)).href) as Promise<Partial<Reader>>;
  const modules = await Promise.all(['feed/read-feed.js', 'feed/feed-date.js', 'plain-text.js'].map(load));
  return Object.assign({}, ...modules) as Reader;
}

function differenceOf(
  { items: theirs }: Reading,
  ours: NonNullable<ReturnType<Reader['readFeed']>>,
  { feedDate, plainText }: Reader,
): string | undefined {
  if (ours.length !== theirs.length) return `${ours.length} items, not ${theirs.length}`;
  const text = (html = '') => plainText(html).replace(/\s+/g, ' ').trim();
  for (const [i, their] of theirs.entries()) {
    const our = ours[i] ?? {};
    if ((our.id ?? '') !== (their.id ?? '')) return `id ${our.id}, not ${their.id}`;
    if ((our.url ?? '') !== (their.link ?? '')) return `link ${our.url}, not ${their.link}`;
    if (text(our.title) !== text(their.title)) return `title ${our.title}, not ${their.title}`;
    const date = our.date === undefined ? undefined : feedDate(our.date)?.getTime();
    const dates = [their.published_parsed, their.updated_parsed].filter((seconds) => seconds !== undefined);
    const agree = dates.length === 0 ? date === undefined : dates.includes(Math.floor((date ?? NaN) / 1000));
    if (!agree) return `date ${our.date}, not ${dates.join(' or ')}`;
  }
  return undefined;
}
