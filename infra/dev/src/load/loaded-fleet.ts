import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startFleet, stopFleet, type Fleet } from '../fleet/fleet.js';
import type { MakeRig } from '../fleet/rig.js';
import { ensureSecrets } from '../fleet/secrets.js';
import { emptyStateFolder, prepareStateFolder, type StateFolder } from '../fleet/state-folder.js';
import { DEMO_PLATFORM } from '../fleet/sources.js';
import { createLogOutput } from '../supervisor/log-output.js';
import type { RunFolder } from '../supervisor/run-folder.js';
import type { Supervised } from '../supervisor/supervise.js';

export interface LoadedFleet extends Fleet {
  /** NDJSON that ingest follows as it grows. */
  readonly postsFile: string;
  readonly push: { readonly url: string; readonly token: string };
  stop(): Promise<void>;
}

const FATAL = 60;
const NAME_WIDTH = 10;

/** A fleet with nothing in it yet, to be fed by a file and by pushes. */
export async function startLoadedFleet(options: {
  readonly repository: string;
  readonly state: StateFolder;
  readonly run: RunFolder;
  readonly workers: number;
  readonly env: NodeJS.ProcessEnv;
  readonly rig?: MakeRig;
  readonly signal: AbortSignal;
  readonly onHopeless: (error: Error) => void;
  readonly write: (line: string) => void;
}): Promise<LoadedFleet> {
  const { state, write } = options;
  emptyStateFolder(state);
  prepareStateFolder(state);
  const postsFile = state.spool('posts.ndjson');
  writeFileSync(postsFile, '');
  const registry = path.join(state.root, 'load-sources.json');
  const sources = [
    { name: 'load-file', kind: 'file', path: postsFile, platform: DEMO_PLATFORM, follow: true },
    { name: 'load-push', kind: 'push', token: 'push-token', platform: DEMO_PLATFORM },
  ];
  writeFileSync(registry, JSON.stringify({ sources }));
  const logs = createLogOutput({
    ...{ folder: state.logs, colour: false, json: false, minLevel: FATAL, width: NAME_WIDTH, write },
  });
  const running: Supervised[] = [];
  const stop = () => stopFleet(running);
  try {
    const source = { entry: undefined, registry, fromBeginning: false, complete: Promise.resolve() };
    const fleet = await startFleet({ ...options, logs, running, source });
    const token = ensureSecrets(state.secrets)['push-token'];
    return { ...fleet, postsFile, push: { url: `http://127.0.0.1:${fleet.ports.push}/v1/posts`, token }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
