import { once } from 'node:events';
import path from 'node:path';
import { freePort, startPostgres } from '@siaga/engines';
import type { Workspace } from '../workspace.js';
import { launch, writePost } from './real-pds.js';

export interface OzoneReport {
  readonly event: { readonly reportType: string; readonly comment: string };
  readonly subject: { readonly uri: string };
}

export interface RealOzone {
  /** Of the PDS that passes reports on to it. */
  readonly url: string;
  /** Where `subscribeRepos` is. */
  readonly streamUrl: string;
  readonly labeler: string;
  /** An account that is in its team. */
  readonly moderator: { readonly handle: string; readonly password: string };
  /** Writes a post as a new account. */
  post(text: string): Promise<{ readonly uri: string }>;
  /** What its moderator sees. */
  reports(): Promise<readonly OzoneReport[]>;
  stop(): Promise<void>;
}

/**
 * Bluesky's moderation service by its makers, with a PDS before it and a PostgreSQL of its own.
 *
 * @throws Fault when it cannot be installed or does not start
 */
export async function startRealOzone(workspace: Workspace): Promise<RealOzone> {
  const dataDir = path.join(workspace.logFolder, 'ozone-postgres');
  const postgres = await startPostgres({ port: await freePort(), dataDir, fsync: false });
  try {
    const ozonePort = String(await freePort());
    const { url, child } = await launch(workspace, 'ozone', { OZONE_PORT: ozonePort, DB_POSTGRES_URL: postgres.url });
    const [{ labeler, moderator }] = (await once(child, 'message', { signal: AbortSignal.timeout(120_000) })) as [
      Pick<RealOzone, 'labeler' | 'moderator'>,
    ];
    return {
      ...{ url, streamUrl: url.replace('http', 'ws'), labeler, moderator },
      post: (text) => writePost(url, text),
      reports: () => queryReports(url, labeler, moderator),
      async stop() {
        const exited = once(child, 'exit');
        if (child.kill()) await exited;
        await postgres.stop();
      },
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

async function queryReports(
  url: string,
  labeler: string,
  { handle, password }: RealOzone['moderator'],
): Promise<readonly OzoneReport[]> {
  const call = async (method: string, request: RequestInit) =>
    (await fetch(`${url}/xrpc/${method}`, { ...request, signal: AbortSignal.timeout(30_000) })).json();
  const { accessJwt } = (await call('com.atproto.server.createSession', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: handle, password }),
  })) as { accessJwt: string };
  const types = encodeURIComponent('tools.ozone.moderation.defs#modEventReport');
  const { events } = (await call(`tools.ozone.moderation.queryEvents?limit=100&types=${types}`, {
    headers: { authorization: `Bearer ${accessJwt}`, 'atproto-proxy': `${labeler}#atproto_labeler` },
  })) as { events: OzoneReport[] };
  return events;
}
