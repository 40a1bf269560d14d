import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './paths.mjs';

const LINES_SHOWN = 25;

/**
 * Runs a command to its end; its output goes to `logFile` when one is given and is kept.
 *
 * @returns {Promise<{ status: number, lastLines: string, output: string }>} status -1 when it could not be started
 */
export function runChild(command, args, { env = {}, onLine = () => {}, logFile } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let partial = '';
    const take = (chunk) => {
      output += chunk;
      const lines = (partial + chunk).split('\n');
      partial = lines.pop();
      lines.forEach(onLine);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    const end = (status) => {
      if (logFile) {
        mkdirSync(path.dirname(logFile), { recursive: true });
        writeFileSync(logFile, output);
      }
      resolve({ status, output, lastLines: output.trimEnd().split('\n').slice(-LINES_SHOWN).join('\n') });
    };
    child.once('error', (error) => {
      output += error.message;
      end(-1);
    });
    child.once('close', (code) => end(code ?? 1));
  });
}

/** npm as it was called, when it was; else the one on PATH. */
export function runNpm(args, options) {
  const cli = process.env.npm_execpath;
  if (cli && /npm-cli\.c?js$/.test(cli)) return runChild(process.execPath, [cli, ...args], options);
  return runChild('npm', args, options);
}
