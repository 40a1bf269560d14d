import { runHere } from './command.js';
import { runRetention } from './run-retention.js';

await runHere(runRetention);
