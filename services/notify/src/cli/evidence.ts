import { runHere } from './command.js';
import { runEvidence } from './run-evidence.js';

await runHere(runEvidence);
