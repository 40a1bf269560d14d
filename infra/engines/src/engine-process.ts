import { spawn, type SpawnOptions } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from './engine-error.js';

const LOG_BYTES_MAX = 10 * 1024 * 1024;
const LOG_LINES_SHOWN = 15;
const POLL_MS = 40;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running engine, with the pid of the engine itself (no wrapper in between) so that it can be found and killed. */
export interface EngineProcess {
  readonly pid: number;
  /** Asks it to stop, kills it when it does not in time; resolves when it is gone. */
  stop(): Promise<void>;
  /** Resolves when the process is gone, whatever ended it. */
  readonly exited: Promise<Exit>;
}

export interface EngineCommand {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
  /** Its own output goes straight to this file, so that it outlives us without a broken pipe. */
  readonly logFile: string;
  readonly stopSignal: NodeJS.Signals;
  readonly isReady: (pid: number) => Promise<boolean>;
  readonly readyTimeoutMs: number;
  readonly stopTimeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Starts an engine and waits until it is usable. Whatever ends this process in an orderly way kills the engine too.
 *
 * @throws EngineError with the last lines of its log when it ends or does not become ready in time
 */
export async function startEngine(engine: EngineCommand): Promise<EngineProcess> {
  engine.signal?.throwIfAborted();
  const log = openLog(engine.logFile);
  const child = spawn(engine.command, engine.args, { ...engine.options, stdio: ['ignore', log, log] });
  closeSync(log);
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  let gone: Exit | undefined;
  let failure: Error | undefined;
  const exited = new Promise<Exit>((resolve) => {
    const end = (exit: Exit) => {
      process.removeListener('exit', kill);
      gone = exit;
      resolve(exit);
    };
    child.once('exit', (code, signal) => end({ code, signal }));
    child.once('error', (error) => {
      failure = error;
      end({ code: null, signal: null });
    });
  });

  const deadline = Date.now() + engine.readyTimeoutMs;
  const giveUp = async (why: string): Promise<never> => {
    kill();
    await exited;
    throw new EngineError(`${engine.name} ${why}; the last lines of ${engine.logFile}:\n${lastLines(engine.logFile)}`);
  };
  while (gone || !(await engine.isReady(child.pid ?? 0))) {
    if (failure) throw new EngineError(`${engine.name} cannot be started: ${failure.message}`);
    if (gone) await giveUp(`ended with ${gone.code ?? gone.signal} while starting`);
    if (engine.signal?.aborted) await giveUp('was asked to stop while starting');
    if (Date.now() > deadline) await giveUp(`was not ready after ${engine.readyTimeoutMs / 1000} s`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }

  return {
    pid: child.pid!,
    exited,
    stop: async () => {
      if (gone) return;
      child.kill(engine.stopSignal);
      const timer = setTimeout(kill, engine.stopTimeoutMs);
      await exited;
      clearTimeout(timer);
    },
  };
}

function openLog(file: string): number {
  mkdirSync(path.dirname(file), { recursive: true });
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) truncateSync(file);
  return openSync(file, 'a');
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-LOG_LINES_SHOWN).join('\n');
}
