import { readdirSync } from 'node:fs';
import path from 'node:path';
import { EngineError } from './engine-error.js';
import { pythonWith } from './python.js';

const REQUIREMENTS = path.join(import.meta.dirname, '..', 'postgres-tools.requirements.txt');

/**
 * The folder of pg_dump and pg_restore for the PostgreSQL that runs here, fetched once: npm's package brings the server alone, and a
 * distribution's tools are mostly older, which cannot dump it.
 *
 * @throws EngineError when they cannot be had
 */
export async function postgresTools(): Promise<string> {
  const python = await pythonWith(REQUIREMENTS);
  const lib = path.join(path.dirname(python), '..', 'lib');
  const version = readdirSync(lib).find((name) => name.startsWith('python3'));
  if (version === undefined) throw new EngineError(`${lib} has no Python packages`);
  return path.resolve(lib, version, 'site-packages', 'embedded_postgres', 'pginstall', 'bin');
}
