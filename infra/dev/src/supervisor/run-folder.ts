import { linkSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Fault } from '../fault.js';
import { processStart } from './process-start.js';

const LOCK = 'supervisor';
const POLL_MS = 50;
/** They have been without a supervisor for a while, and everything here survives a kill. */
const POLITE_MS = 5_000;

interface ProcessRecord {
  readonly pid: number;
  readonly start: string;
  /** How it is asked to stop. */
  readonly stopSignal: NodeJS.Signals;
}

/** The processes of one fleet, on disk, so that a killed supervisor leaves nothing behind that nobody knows of. */
export interface RunFolder {
  record(name: string, pid: number, stopSignal: NodeJS.Signals): void;
  forget(name: string): void;
  /** Gives the fleet's place free. */
  release(): void;
}

/**
 * Takes the place of the one fleet that may run in this state folder, and ends what a killed supervisor left running.
 *
 * @throws Fault when a fleet is running there
 */
export async function takeRunFolder(
  folder: string,
  onLeftover: (name: string, pid: number) => void,
): Promise<RunFolder> {
  mkdirSync(folder, { recursive: true });
  takeLock(folder);
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== `${LOCK}.json`);
  await Promise.all(names.map((name) => endLeftover(path.join(folder, name), onLeftover)));
  const fileOf = (name: string) => path.join(folder, `${name}.json`);
  return {
    record(name, pid, stopSignal) {
      const start = processStart(pid);
      if (start !== undefined) writeWhole(fileOf(name), { pid, start, stopSignal });
    },
    forget: (name) => rmSync(fileOf(name), { force: true }),
    release: () => rmSync(fileOf(LOCK), { force: true }),
  };
}

/** @returns the pid recorded under a name, while that very process is alive */
export function recordedPid(folder: string, name: string): number | undefined {
  const record = read(path.join(folder, `${name}.json`));
  return record && processStart(record.pid) === record.start ? record.pid : undefined;
}

function takeLock(folder: string): void {
  const lock = path.join(folder, `${LOCK}.json`);
  const mine = `${lock}.${process.pid}`;
  const record: ProcessRecord = { pid: process.pid, start: processStart(process.pid) ?? '', stopSignal: 'SIGTERM' };
  writeFileSync(mine, JSON.stringify(record));
  try {
    for (;;) {
      const holder = recordedPid(folder, LOCK);
      if (holder !== undefined) {
        throw new Fault(
          `a fleet is already running here (process ${holder}): stop it first, with Ctrl-C or "kill ${holder}"`,
        );
      }
      rmSync(lock, { force: true });
      try {
        linkSync(mine, lock); // unlike a rename, fails when another supervisor was quicker
        return;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

async function endLeftover(file: string, onLeftover: (name: string, pid: number) => void): Promise<void> {
  const record = read(file);
  const isAlive = () => record !== undefined && processStart(record.pid) === record.start;
  if (record && isAlive()) {
    onLeftover(path.basename(file, '.json'), record.pid);
    send(record.pid, record.stopSignal);
    const deadline = Date.now() + POLITE_MS;
    while (isAlive() && Date.now() < deadline) await wait(POLL_MS);
    if (isAlive()) send(record.pid, 'SIGKILL');
    while (isAlive()) await wait(POLL_MS);
  }
  rmSync(file, { force: true });
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function read(file: string): ProcessRecord | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessRecord;
  } catch {
    return undefined;
  }
}

function writeWhole(file: string, record: ProcessRecord): void {
  writeFileSync(`${file}.new`, JSON.stringify(record));
  renameSync(`${file}.new`, file);
}
