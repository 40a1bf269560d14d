import { runHere } from './command.js';
import { runPolicy } from './run-policy.js';

await runHere(runPolicy);
