import { runCommand } from './command.js';
import { runEvidence } from './run-evidence.js';

await runCommand(runEvidence);
