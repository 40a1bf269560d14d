import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fault } from '../fault.js';
import { runProgram } from './run-program.js';

/** Where the checks of one acceptance run work: a clean clone and caches of its own. */
export interface Workspace {
  readonly checkout: string;
  /** Environment in which every cache starts empty. */
  readonly env: NodeJS.ProcessEnv;
  readonly logFolder: string;
  readonly say: (message: string) => void;
  /** How long checks that take a while take, where somebody wants it otherwise than it should be. */
  readonly minutes?: number | undefined;
  remove(): void;
}

/**
 * @param repository what is cloned, as committed
 * @param given a checkout to use as it is instead, with the user's caches
 * @throws Fault when it cannot be cloned
 */
export async function createWorkspace(
  repository: string,
  { given, minutes }: { readonly given?: string | undefined; readonly minutes?: number | undefined },
  env: NodeJS.ProcessEnv,
  say: (message: string) => void,
): Promise<Workspace> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'siaga-accept-'));
  chmodSync(folder, 0o755); // else PostgreSQL, as another user than root, would keep its data elsewhere
  const base = { logFolder: folder, say, minutes, remove: () => rmSync(folder, { recursive: true, force: true }) };
  if (given !== undefined) return { ...base, checkout: path.resolve(given), env };
  const checkout = path.join(folder, 'clone');
  say(`cloning into ${checkout}`);
  const clone = await runProgram('git', ['clone', '-q', repository, checkout], {
    cwd: folder,
    env,
    logFile: path.join(folder, 'clone.log'),
  });
  if (clone.code !== 0) throw new Fault(`git could not clone ${repository}: ${clone.output.trim()}`);
  return {
    ...base,
    checkout,
    env: {
      ...env,
      SIAGA_CACHE: path.join(folder, 'cache'),
      npm_config_cache: path.join(folder, 'npm'),
      MAVEN_OPTS: `${env.MAVEN_OPTS ?? ''} -Dmaven.repo.local=${path.join(folder, 'maven')}`.trim(),
    },
  };
}
