import { readFileSync } from 'node:fs';
import { inState } from './paths.mjs';

/** Tells the program about the fleet on this machine, if one has run; what the environment says counts first. */
export function surroundSources() {
  const { sourcesFile, databaseUrl, brokers, ports } = fleetAddresses();
  const secretsFile = databaseUrl === undefined ? undefined : inState('secrets.json');
  const found = {
    SIAGA_SOURCES_FILE: sourcesFile,
    SIAGA_DATABASE_URL: databaseUrl,
    SIAGA_KAFKA_BROKERS: brokers,
    SIAGA_SECRETS_FILE: secretsFile,
    SIAGA_FEED_PUBLIC_URL: ports && `http://127.0.0.1:${ports.feed}`,
    SIAGA_PUSH_URL: ports && `http://127.0.0.1:${ports.push}/v1/posts`,
  };
  for (const [name, value] of Object.entries(found)) if (value !== undefined) process.env[name] ??= value;
  // npm has changed to the repository's root; relative paths are meant from where the person stands.
  if (process.env.INIT_CWD) process.chdir(process.env.INIT_CWD);
}

/** A source that was added is read at once by a fleet that runs here. */
export async function reloadAfter([command]) {
  if (command !== 'add' || process.exitCode) return;
  const { recordedPid } = await import('../dist/supervisor/run-folder.js');
  const ingest = recordedPid(inState('run'), 'ingest');
  if (ingest === undefined) {
    console.log('no fleet runs here: npm start -- --sources FILE reads it');
    return;
  }
  process.kill(ingest, 'SIGHUP');
  console.log(`the running fleet reads ${fleetAddresses().sourcesFile} again`);
}

function fleetAddresses() {
  try {
    return JSON.parse(readFileSync(inState('addresses.json'), 'utf8'));
  } catch {
    return {};
  }
}
