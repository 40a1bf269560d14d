import path from 'node:path';
import { EngineError } from './engine-error.js';
import { runCommand } from './run-command.js';

const JAVA_MIN = 17;

export interface Java {
  readonly command: string;
  readonly version: number;
}

const remedy = `install a JRE of ${JAVA_MIN} or later (Debian: apt-get install openjdk-17-jre-headless) or point JAVA_HOME at one`;

/**
 * @param javaHome a Java installation, else the `java` on PATH
 * @throws EngineError when there is none or it is too old for Kafka 4
 */
export async function findJava(javaHome: string | undefined): Promise<Java> {
  const command = javaHome ? path.join(javaHome, 'bin', 'java') : 'java';
  const { status, output } = await runCommand(command, ['-version']);
  if (status !== 0) throw new EngineError(`Kafka needs Java, and ${command} does not run: ${remedy}`);
  const version = javaVersion(output);
  if (version < JAVA_MIN)
    throw new EngineError(`Kafka needs Java ${JAVA_MIN}, and ${command} is ${version}: ${remedy}`);
  return { command, version };
}

/** @returns the feature version in the output of `java -version`: 8 of "1.8.0_292", 17 of "17.0.15"; 0 when there is none */
export function javaVersion(output: string): number {
  const [, major, minor] = /version "(\d+)(?:\.(\d+))?/.exec(output) ?? [];
  return Number((major === '1' ? minor : major) ?? 0);
}
