import { runCommand } from '@siaga/runtime';
import { databaseUrlIn } from '@siaga/storage';
import { runAccounts } from './run-accounts.js';

await runCommand(() =>
  runAccounts(process.argv.slice(2), {
    databaseUrl: databaseUrlIn(process.env),
    publicUrl: process.env.SIAGA_FEED_PUBLIC_URL ?? 'http://127.0.0.1:3000',
    print: (text) => console.log(text),
  }),
);
