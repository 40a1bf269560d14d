import { existsSync, statSync } from 'node:fs';
import { Fault } from './fault.mjs';
import { inRoot } from './paths.mjs';
import { phase, say } from './phase.mjs';
import { runChild } from './run-child.mjs';
import { isStamped, stamp } from './stamps.mjs';

const binding = inRoot('node_modules', '@tensorflow', 'tfjs-node', 'lib', 'napi-v8', 'tfjs_binding.node');
const installer = inRoot('infra', 'tfjs', 'install-native.sh');

/**
 * TF.js's native backend: what CI tests and production runs. In CI it is installed when it does not load; elsewhere the
 * WASM backend serves the same models, and this only says how to get the native one.
 */
export async function ensureNative() {
  if (await loads()) return;
  if (process.env.CI === 'true') await installNative();
  else say('TF.js runs on its WASM backend; "npm run native" installs the native one (40 s, downloads about 230 MB)');
}

export async function installNative() {
  if (await loads()) return say('the native backend of TF.js is already there');
  await phase('installing the native backend of TF.js', async (report) => {
    const { status, lastLines } = await runChild('bash', [installer], {
      onLine: (line) => report(line.replace(/^tfjs native(?: \[[^\]]*\])?:? */, '').trim()),
    });
    if (status !== 0)
      throw new Fault(`the native backend of TF.js could not be installed. The installer said:\n${lastLines}`);
  });
  if (!(await loads())) throw new Fault('the native backend of TF.js was installed but does not load');
}

/** Loading TensorFlow takes a second, so that it loaded once is remembered for this very file and this version of Node. */
async function loads() {
  if (!existsSync(binding)) return false;
  const fingerprint = `${statSync(binding).mtimeMs} ${process.version}`;
  if (isStamped('native', fingerprint)) return true;
  const { status } = await runChild(
    process.execPath,
    [
      '--input-type=commonjs',
      '-e',
      'require("util").isNullOrUndefined ??= (v) => v == null; if (require("@tensorflow/tfjs-node").getBackend() !== "tensorflow") process.exit(1)',
    ],
    { env: { TF_CPP_MIN_LOG_LEVEL: '2' } },
  );
  if (status !== 0) return false;
  stamp('native', fingerprint);
  return true;
}
