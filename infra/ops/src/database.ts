import { runCommand } from '@siaga/runtime';
import { runDatabase } from './database/run-database.js';

await runCommand(() => runDatabase(process.argv.slice(2), { env: process.env, print: (text) => console.log(text) }));
