import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';

export interface ProgramResult {
  readonly code: number;
  readonly seconds: number;
  readonly output: string;
}

/** Runs a program to its end, killing it after `timeoutMs`; what it prints is also in the log file. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; logFile: string; timeoutMs?: number },
): Promise<ProgramResult> {
  const startedAt = Date.now();
  const log = createWriteStream(options.logFile, { flags: 'a' });
  const child = spawn(command, args, { cwd: options.cwd, env: options.env, stdio: ['ignore', 'pipe', 'pipe'] });
  const timer = options.timeoutMs ? setTimeout(() => child.kill('SIGTERM'), options.timeoutMs) : undefined;
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      log.write(chunk);
    });
  }
  return new Promise((resolve) => {
    const end = (code: number) => {
      clearTimeout(timer);
      log.end();
      resolve({ code, output, seconds: (Date.now() - startedAt) / 1000 });
    };
    child.once('error', (error) => {
      output += error.message;
      end(-1);
    });
    child.once('close', (code) => end(code ?? -1));
  });
}
