import { Fault } from './fault.js';
import { withKafkaOfThisCheckout } from './kafka-of-this-checkout.js';
import { stopRequest } from './stop-request.js';

/**
 * Runs a command of the terminal that reads what Kafka holds, with `--brokers` of this checkout's fleet unless given, and
 * sets the exit code.
 */
export async function runOverHistory(
  args: readonly string[],
  run: (args: readonly string[], signal: AbortSignal) => Promise<number>,
): Promise<void> {
  const { signal } = stopRequest();
  const say = (text: string) => process.stderr.write(`siaga | ${text}\n`);
  const given = (option: string) => args.some((arg) => arg === option || arg.startsWith(`${option}=`));
  try {
    process.exitCode =
      given('--brokers') || given('--help') || given('-h')
        ? await run(args, signal)
        : await withKafkaOfThisCheckout({ signal, say }, (brokers) => run([...args, '--brokers', brokers], signal));
  } catch (error) {
    const { name, message } = error as Error;
    if (signal.aborted) {
      process.exitCode = 130;
      return;
    }
    if (!MENDABLE.has(name)) throw error;
    say(message);
    process.exitCode = error instanceof Fault ? error.exitCode : name === 'UsageError' ? 2 : 1;
  }
}

const MENDABLE: ReadonlySet<string> = new Set(['Fault', 'EngineError', 'UsageError']);
