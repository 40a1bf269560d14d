import { userInfo } from 'node:os';
import { runCommand } from '@siaga/runtime';
import { runClaims } from './run-claims.js';

await runCommand(() =>
  runClaims(process.argv.slice(2), {
    databaseUrl: process.env.SIAGA_DATABASE_URL,
    by: userInfo().username,
    print: (text) => console.log(text),
  }),
);
