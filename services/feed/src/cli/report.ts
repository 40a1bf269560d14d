import { runCommand } from '@siaga/runtime';
import { databaseUrlIn } from '@siaga/storage';
import { runReport } from './run-report.js';

await runCommand(() =>
  runReport(process.argv.slice(2), {
    databaseUrl: databaseUrlIn(process.env),
    timeZone: process.env.SIAGA_TIME_ZONE,
    chromiumPath: process.env.CHROMIUM_PATH || undefined,
    searchPath: process.env.PATH,
    print: (text) => console.log(text),
  }),
);
