import path from 'node:path';
import { Fault } from './fault.js';
import { HELP, parseSoakOptions } from './soak/options.js';
import { renderSoak } from './soak/render-soak.js';
import { runSoak } from './soak/run-soak.js';
import { stopRequest } from './stop-request.js';

process.exitCode = await main(process.argv.slice(2)).catch((error: Error) => {
  if (error.name !== 'Fault' && error.name !== 'EngineError') throw error;
  console.error(`soak | ${error.message}`);
  return error instanceof Fault ? error.exitCode : 1;
});
process.exit();

async function main(args: readonly string[]): Promise<number> {
  const options = parseSoakOptions(args);
  if (options.help) return (console.log(HELP), 0);
  const repository = path.resolve(import.meta.dirname, '../../..');
  const { signal } = stopRequest();
  const say = (text: string) => console.error(`soak | ${text}`);
  const report = await runSoak(options, { repository, env: process.env, signal, say });
  console.log(renderSoak(report));
  console.log(JSON.stringify(report));
  return report.ok ? 0 : 1;
}
