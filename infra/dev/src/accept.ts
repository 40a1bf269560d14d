import path from 'node:path';
import { parseArgs } from 'node:util';
import { checksOf } from './accept/areas.js';
import { renderReport, reportLine, type NumberedResult } from './accept/report.js';
import { createWorkspace } from './accept/workspace.js';
import { Fault } from './fault.js';

const HELP = `npm run accept -- AREA [LINE ...] [--in CHECKOUT] [--minutes M]

The acceptance checks of an area, on a clean clone of what is committed, or in CHECKOUT as it is.
--minutes shortens what takes long (chaos, soak), to see that it works: it is not what is asked.
Prints a table and, last, one line of JSON; exits 1 when a check falls short.`;

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (!(error instanceof Fault)) throw error;
  console.error(`siaga | ${error.message}`);
  return error.exitCode;
});

async function main(args: string[]): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) return (console.log(HELP), 0);
  const [area, ...lines] = positionals;
  const checks = checksOf(area, lines);
  const minutes = values.minutes === undefined ? undefined : Number(values.minutes);
  if (minutes !== undefined && !(minutes >= 0.5)) throw new Fault('--minutes takes a number from 0.5', 2);
  const say = (message: string) => console.error(`siaga | ${message}`);
  const workspace = await createWorkspace(
    path.resolve(import.meta.dirname, '../../..'),
    { given: values.in, minutes },
    process.env,
    say,
  );
  const results: NumberedResult[] = [];
  for (const { line, run } of checks) {
    say(`check ${line} …`);
    const outcome = await run(workspace).catch((error: Error) => [
      { what: `check ${line} broke off`, figure: error.message.split('\n')[0] ?? '', bar: 'no error', pass: false },
    ]);
    for (const { what, figure, pass } of outcome) say(`${pass ? 'pass' : 'FAIL'} | ${what}: ${figure}`);
    results.push(...outcome.map((result) => ({ line, ...result })));
  }
  const ok = results.every(({ pass }) => pass);
  if (ok) workspace.remove();
  else say(`the logs are in ${workspace.logFolder}`);
  console.log(renderReport(results));
  console.log(reportLine(area as string, results));
  return ok ? 0 : 1;
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { in: { type: 'string' }, minutes: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new Fault((error as Error).message.split('. ')[0] ?? '', 2);
  }
}
