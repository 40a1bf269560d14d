import { runDeadLetters } from './dead-letters/run-dead-letters.js';
import { runOverHistory } from './run-over-history.js';

await runOverHistory(process.argv.slice(2), (args, signal) =>
  runDeadLetters(args, { signal, print: (text) => console.log(text) }),
);
