import { spawn } from 'node:child_process';
import type { EngineProcess, Exit } from '@siaga/engines';

const STOP_TIMEOUT_MS = 15_000;

export interface NodeProcess {
  readonly program: string;
  readonly args?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly onOutput: (chunk: string) => void;
}

/**
 * Starts a Node program that notices when we are gone, by its IPC channel, and that Ctrl-C in the terminal does not
 * reach, since it stops in its turn.
 */
export function startNodeProcess({ program, args = [], env, cwd, onOutput }: NodeProcess): Promise<EngineProcess> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      process.removeListener('exit', kill);
      resolve({ code, signal });
    });
  });
  child.stdout?.setEncoding('utf8').on('data', onOutput);
  child.stderr?.setEncoding('utf8').on('data', onOutput);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () =>
      resolve({
        pid: child.pid as number,
        exited,
        async stop() {
          if (child.exitCode !== null || child.signalCode !== null) return;
          child.kill('SIGTERM');
          const timer = setTimeout(kill, STOP_TIMEOUT_MS);
          await exited;
          clearTimeout(timer);
        },
      }),
    );
  });
}
