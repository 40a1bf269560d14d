import { runCommand } from '@siaga/runtime';
import { runReport } from './run-report.js';

await runCommand(() =>
  runReport(process.argv.slice(2), {
    databaseUrl: process.env.SIAGA_DATABASE_URL,
    timeZone: process.env.SIAGA_TIME_ZONE,
    chromiumPath: process.env.CHROMIUM_PATH || undefined,
    searchPath: process.env.PATH,
    print: (text) => console.log(text),
  }),
);
