import { userInfo } from 'node:os';
import { runCommand } from '@siaga/runtime';
import { databaseUrlIn } from '@siaga/storage';
import { runClaims } from './run-claims.js';

await runCommand(() =>
  runClaims(process.argv.slice(2), {
    databaseUrl: databaseUrlIn(process.env),
    by: userInfo().username,
    print: (text) => console.log(text),
  }),
);
