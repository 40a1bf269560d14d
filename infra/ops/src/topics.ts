import { runCommand } from '@siaga/runtime';
import { runTopics } from './topics/run-topics.js';

await runCommand(() => runTopics(process.argv.slice(2), { env: process.env, print: (text) => console.log(text) }));
