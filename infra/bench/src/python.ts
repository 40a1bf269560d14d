import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { engineEnvironment, pythonWith } from '@siaga/engines';
import { madeUpTexts } from './made-up-posts.js';

const HERE = fileURLToPath(new URL('../python', import.meta.url));
const TRAINING_TEXTS = 20_000;

export interface PythonWorker {
  readonly python: string;
  readonly modelDir: string;
}

/**
 * Makes the Python side ready in the cache: a virtual environment with the pinned packages, and three small models.
 *
 * @throws EngineError when there is no usable Python
 */
export async function preparePython(onProgress: (line: string) => void): Promise<PythonWorker> {
  const cache = path.join(engineEnvironment().cacheFolder, 'bench-python');
  const modelDir = path.join(cache, 'models');
  mkdirSync(cache, { recursive: true });
  onProgress('confluent-kafka and fastText for the comparison (installed once)');
  const python = await pythonWith(path.join(HERE, 'requirements.txt'));
  if (!existsSync(path.join(cache, 'ok'))) {
    const texts = path.join(cache, 'texts.txt');
    writeFileSync(texts, madeUpTexts(TRAINING_TEXTS, 140, 7).join('\n'));
    run(python, [path.join(HERE, 'train.py'), texts, modelDir]);
    writeFileSync(path.join(cache, 'ok'), '');
  }
  return { python, modelDir };
}

function run(command: string, args: readonly string[]): void {
  const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args[1] ?? ''} failed: ${(error?.message ?? stderr).trim().split('\n').at(-1)}`);
}
