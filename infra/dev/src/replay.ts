import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import path from 'node:path';
import { runOverHistory } from './run-over-history.js';

const PROGRAM = path.resolve(import.meta.dirname, '../../../services/classify/dist/replay/main.js');

/** Runs classify's replay on the history of this checkout's fleet. */
await runOverHistory(process.argv.slice(2), (args, signal) => {
  // A process of its own, so that a Ctrl-C ends the replay and still leaves us time to stop what we started.
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    // Files are named from where the person stands.
    cwd: process.env.INIT_CWD ?? process.cwd(),
    stdio: 'inherit',
  });
  signal.addEventListener('abort', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, killedBy) => resolve(code ?? 128 + constants.signals[killedBy as NodeJS.Signals]));
  });
});
