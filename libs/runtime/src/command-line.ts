import { parseArgs } from 'node:util';

/** What the person at the terminal can mend; shown without a stack. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;
type Values<O extends Options> = { [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : string };

/**
 * @returns the options' values, and the words that are no options
 * @throws UsageError in one line for an option that is not known or lacks its value
 */
export function parseCommandLine<const O extends Options>(
  args: readonly string[],
  options: O,
): Values<O> & { words: string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
    return { ...(values as Values<O>), words: positionals };
  } catch (error) {
    throw new UsageError((error as Error).message.split('. ')[0]);
  }
}

const MENDABLE: readonly string[] = ['UsageError', 'SettingsError', 'TransientError'];

/**
 * Runs a command of the terminal, and sets the exit code: its own, 2 for what the person can mend, 1 for what may pass.
 *
 * @throws anything else that it throws: a fault of ours, with its stack
 */
export async function runCommand(run: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await run();
  } catch (error) {
    const { name, message } = error as Error;
    if (!MENDABLE.includes(name)) throw error;
    process.stderr.write(`siaga | ${message}\n`);
    process.exitCode = name === 'TransientError' ? 1 : 2;
  }
}
