import { runCommand } from './command.js';
import { runNotices } from './run-notices.js';

await runCommand(runNotices);
