import { accessSync, constants, existsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

const stateFolder = path.resolve(import.meta.dirname, '../../../.siaga');

/** What the engines take from the environment; nothing else in this package reads it. */
export interface EngineEnvironment {
  /** Where downloads are kept, shared by all checkouts of this user. */
  readonly cacheFolder: string;
  readonly javaHome: string | undefined;
  /** A Maven repository to fetch Kafka's jars from by HTTPS, instead of by Maven. */
  readonly mavenRepoUrl: string | undefined;
  /** Given to Maven when its usual `~/.m2` cannot be written. */
  readonly mavenLocalRepository: string | undefined;
}

/**
 * @param env the process's environment, another one in tests
 * @param javaUserHome the home folder of the user database: what Java, and so Maven, takes, whatever HOME says
 */
export function engineEnvironment(env: Env = process.env, javaUserHome = homeOfUser()): EngineEnvironment {
  const home = env.HOME ?? os.homedir();
  const wanted = env.SIAGA_CACHE || path.join(env.XDG_CACHE_HOME || path.join(home, '.cache'), 'siaga');
  const cacheFolder = canWrite(wanted) ? path.resolve(wanted) : path.join(stateFolder, 'cache');
  return {
    cacheFolder,
    javaHome: env.JAVA_HOME || undefined,
    mavenRepoUrl: env.MAVEN_REPO_URL || undefined,
    mavenLocalRepository:
      javaUserHome !== undefined && canWrite(path.join(javaUserHome, '.m2')) ? undefined : path.join(cacheFolder, 'm2'),
  };
}

/** A user id without an entry, as containers use them, has none. */
function homeOfUser(): string | undefined {
  try {
    return os.userInfo().homedir;
  } catch {
    return undefined;
  }
}

/** Whether the folder, or the nearest parent of it that exists, can be written. */
export function canWrite(folder: string): boolean {
  let nearest = path.resolve(folder);
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  try {
    accessSync(nearest, constants.W_OK);
    return statSync(nearest).isDirectory();
  } catch {
    return false;
  }
}
