import { runSources } from './run-sources.js';

try {
  process.exitCode = await runSources(process.argv.slice(2), {
    sourcesFile: process.env.SIAGA_SOURCES_FILE,
    secretsFile: process.env.SIAGA_SECRETS_FILE,
    databaseUrl: process.env.SIAGA_DATABASE_URL,
    allowPrivateAddresses: process.env.SIAGA_ALLOW_PRIVATE_ADDRESSES === 'true',
    print: (text) => console.log(text),
  });
} catch (error) {
  const { name, message } = error as Error;
  if (!['UsageError', 'SettingsError', 'TransientError'].includes(name)) throw error;
  console.error(`siaga | ${message}`);
  process.exitCode = name === 'TransientError' ? 1 : 2;
}
