import { runCommand } from '@siaga/runtime';
import { databaseUrlIn } from '@siaga/storage';
import { runSources } from './run-sources.js';

await runCommand(() =>
  runSources(process.argv.slice(2), {
    sourcesFile: process.env.SIAGA_SOURCES_FILE,
    secretsFile: process.env.SIAGA_SECRETS_FILE,
    databaseUrl: databaseUrlIn(process.env),
    pushUrl: process.env.SIAGA_PUSH_URL,
    allowPrivateAddresses: process.env.SIAGA_ALLOW_PRIVATE_ADDRESSES === 'true',
    print: (text) => console.log(text),
  }),
);
