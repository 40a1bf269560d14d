import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { postgresDataFolder } from '@siaga/engines';

/** Where one fleet keeps everything: a folder that can be emptied without asking. */
export interface StateFolder {
  readonly root: string;
  readonly run: string;
  readonly logs: string;
  readonly kafka: string;
  readonly postgres: string;
  readonly notices: string;
  readonly secrets: string;
  readonly policy: string;
  /** Prometheus' configuration and data. */
  readonly prometheus: string;
  readonly sources: string;
  /** Ports and URLs of the fleet that runs, or ran last. */
  readonly addresses: string;
  spool(name: string): string;
}

export function stateFolder(root: string): StateFolder {
  const at = (name: string) => path.join(root, name);
  return {
    root,
    run: at('run'),
    logs: at('logs'),
    kafka: at('kafka'),
    postgres: at('postgres'),
    notices: at('demo-platform.ndjson'),
    secrets: at('secrets.json'),
    policy: at('policy.yaml'),
    prometheus: at('prometheus'),
    sources: at('sources.json'),
    addresses: at('addresses.json'),
    spool: (name) => path.join(at('spool'), name),
  };
}

/** Creates the folder, and notes where PostgreSQL's data lies when it cannot lie there, so that a reset finds it. */
export function prepareStateFolder(state: StateFolder): void {
  mkdirSync(path.dirname(state.spool('')), { recursive: true });
  mkdirSync(state.spool(''), { recursive: true });
  const data = postgresDataFolder(state.postgres);
  if (data !== state.postgres) writeFileSync(path.join(state.root, 'outside.json'), `${JSON.stringify([data])}\n`);
}

/** Removes all state but the record of who runs here, which the caller holds. */
export function emptyStateFolder(state: StateFolder): void {
  for (const name of readdirSync(state.root)) {
    if (name !== path.basename(state.run)) rmSync(path.join(state.root, name), { recursive: true, force: true });
  }
  rmSync(postgresDataFolder(state.postgres), { recursive: true, force: true });
}
