import { runCommand } from './command.js';
import { runPolicy } from './run-policy.js';

await runCommand(runPolicy);
