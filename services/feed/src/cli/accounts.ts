import { runCommand } from '@siaga/runtime';
import { runAccounts } from './run-accounts.js';

await runCommand(() =>
  runAccounts(process.argv.slice(2), {
    databaseUrl: process.env.SIAGA_DATABASE_URL,
    publicUrl: process.env.SIAGA_FEED_PUBLIC_URL ?? 'http://127.0.0.1:3000',
    print: (text) => console.log(text),
  }),
);
