import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type * as Tensorflow from '@tensorflow/tfjs';
import { registerFastKernels } from './kernels.js';
import { ModelError } from './model-error.js';

export type Tf = typeof Tensorflow;
export type BackendName = 'native' | 'wasm';
export interface Backend {
  readonly tf: Tf;
  readonly name: BackendName;
  /** Makes this backend TF.js's current one; cheap when it already is. Two scorers in a process may use different ones. */
  use(): void;
}

const REGISTERED: Record<BackendName, string> = { native: 'tensorflow', wasm: 'wasm' };
const load = createRequire(import.meta.url);
const ready = new Map<BackendName, Promise<Backend>>();

/**
 * Loads TF.js with the wanted backend, once per process. 'auto' takes native when its binding loads, else wasm.
 * @throws ModelError BACKEND_UNAVAILABLE when 'native' is asked for and its binding does not load.
 */
export async function loadBackend(wanted: 'auto' | BackendName): Promise<Backend> {
  if (wanted !== 'auto') return once(wanted);
  return once('native').catch(() => once('wasm'));
}

function once(name: BackendName): Promise<Backend> {
  const known = ready.get(name);
  if (known !== undefined) return known;
  const starting = name === 'native' ? startNative() : startWasm();
  ready.set(name, starting);
  return starting;
}

async function startNative(): Promise<Backend> {
  // TensorFlow prints its build flags to standard error on load; the fleet's logs are JSON. Its own variable, not a setting of ours.
  // eslint-disable-next-line n/no-process-env
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  try {
    const tf = load('@tensorflow/tfjs-node') as Tf;
    return finish(tf, 'native');
  } catch (cause) {
    throw new ModelError(
      'BACKEND_UNAVAILABLE',
      'the native TF.js binding does not load; run `npm run native`, or use wasm',
      { cause },
    );
  }
}

async function startWasm(): Promise<Backend> {
  const tf = load('@tensorflow/tfjs') as Tf;
  const wasm = load('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(prefix: string): void };
  wasm.setWasmPaths(`${dirname(load.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  if (!(await tf.setBackend('wasm')))
    throw new ModelError('BACKEND_UNAVAILABLE', 'the WebAssembly backend of TF.js does not start');
  return finish(tf, 'wasm');
}

function finish(tf: Tf, name: BackendName): Backend {
  const registered = REGISTERED[name];
  const use = (): void => {
    // Resolves at once for a backend that has been initialised; TF.js switches before the promise is returned.
    if (tf.getBackend() !== registered) void tf.setBackend(registered);
  };
  use();
  tf.env().set('PROD', true);
  registerFastKernels(tf, registered);
  return { tf, name, use };
}
