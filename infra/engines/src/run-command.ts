import { spawn, type SpawnOptions } from 'node:child_process';

export interface CommandResult {
  /** -1 when the command does not exist or could not be started. */
  readonly status: number;
  readonly output: string;
}

/**
 * Runs a command to its end.
 *
 * @param onLine gets every line of standard output and standard error as it comes
 */
export function runCommand(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
  onLine: (line: string) => void = () => undefined,
): Promise<CommandResult> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    let partial = '';
    const take = (chunk: string) => {
      output += chunk;
      const lines = (partial + chunk).split('\n');
      partial = lines.pop() ?? '';
      lines.forEach(onLine);
    };
    child.stdout?.setEncoding('utf8').on('data', take);
    child.stderr?.setEncoding('utf8').on('data', take);
    child.once('error', (error) => resolve({ status: -1, output: error.message }));
    child.once('close', (code) => resolve({ status: code ?? -1, output }));
  });
}
