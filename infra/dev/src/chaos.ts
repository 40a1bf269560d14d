import path from 'node:path';
import { HELP, parseChaosOptions } from './chaos/options.js';
import { renderReport } from './chaos/render-report.js';
import { keepReport, runChaos } from './chaos/run-chaos.js';
import { Fault } from './fault.js';
import { stopRequest } from './stop-request.js';

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (error.name !== 'Fault' && error.name !== 'EngineError') throw error;
  console.error(`chaos | ${error.message}`);
  return error instanceof Fault ? error.exitCode : 1;
});
process.exit();

async function main(args: readonly string[]): Promise<number> {
  const options = parseChaosOptions(args);
  if (options.help) return (console.log(HELP), 0);
  const repository = path.resolve(import.meta.dirname, '../../..');
  const { signal } = stopRequest();
  const say = (text: string) => console.error(`chaos | ${text}`);
  const report = await runChaos(options, { repository, env: process.env, signal, say });
  const text = renderReport(report);
  console.log(text);
  say(`kept in ${keepReport(repository, options.seed, text)}, with the logs beside it`);
  console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}
