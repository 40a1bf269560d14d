import { runHere } from './command.js';
import { runNotices } from './run-notices.js';

await runHere(runNotices);
