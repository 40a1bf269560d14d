import { topicsOf } from '@siaga/contracts';
import {
  createLogger,
  kafkaSecuritySettings,
  parseCommandLine,
  readSettings,
  terminalText,
  UsageError,
} from '@siaga/runtime';
import {
  connectProducer,
  givenUpMessage,
  readDeadLetter,
  readSpans,
  streamOptions,
  topicSpan,
  type OutgoingMessage,
  type StreamMessage,
} from '@siaga/stream';
import Type from 'typebox';

const HELP = `npm run dead-letters -- COMMAND [options]

What nobody could read waits on its own topic, whole, with the reason.

  list                the latest of them, and how many there are by step and reason
  show PLACE          one of them, whole; PLACE is the number that list gives it
  replay              what would go back to the topic that it came from, after the fault has been mended; --yes does it

  --reason REASON     only those given up for this reason
  --step STEP         only those given up by this step
  --since INSTANT     only those given up since, such as 2026-11-01 or 2026-11-01T07:30Z
  --limit NUMBER      how many to list (20)
  --brokers LIST      host:port, separated by commas; the fleet of this checkout unless given
  --prefix NAME       first part of the topics' names (siaga)
  --help              this text

A replayed message keeps its key, so that a post that was read after all counts once. What a source could not read was never on
a topic: it has to be mended at its source.`;

const OPTIONS = {
  reason: { type: 'string' },
  step: { type: 'string' },
  since: { type: 'string' },
  limit: { type: 'string' },
  brokers: { type: 'string' },
  prefix: { type: 'string' },
  yes: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Three seconds for a broker that is not there: a person waits. */
const RETRIES = 5;
const BATCH = 500;
const SHOWN = 20;

type Options = ReturnType<typeof parseCommandLine<typeof OPTIONS>>;

/**
 * @returns the exit code
 * @throws UsageError for what the person at the terminal can mend
 */
export async function runDeadLetters(
  args: readonly string[],
  { signal, print }: { readonly signal: AbortSignal; readonly print: (text: string) => void },
): Promise<number> {
  const options = parseCommandLine(args, OPTIONS);
  const [command, place] = options.words;
  if (options.help || command === undefined) return (print(HELP), options.help ? 0 : 2);
  if (command !== 'list' && command !== 'show' && command !== 'replay') {
    throw new UsageError(`unknown command "${command}": list, show or replay`);
  }
  const letters = await readLetters(options, signal);
  if (command === 'show') return show(letters, place, print);
  return command === 'list' ? list(letters, limitOf(options), print) : replay(letters, options, print);
}

async function readLetters(options: Options, signal: AbortSignal): Promise<StreamMessage[]> {
  const since = options.since === undefined ? 0 : Date.parse(options.since);
  if (Number.isNaN(since)) throw new UsageError(`--since ${options.since} is no instant: write 2026-11-01T07:30Z`);
  const stream = streamOf(options);
  const span = await topicSpan(stream, topicsOf(options.prefix).deadLetters.name, { from: since }).catch(
    (error: Error) => {
      if (!/^KafkaJS(NumberOfRetriesExceeded|Connection)/.test(error.name)) throw error;
      throw new UsageError(
        `no Kafka answers at ${stream.brokers}: start the fleet with "npm start", or give --brokers`,
      );
    },
  );
  const letters: StreamMessage[] = [];
  if (!span) return letters;
  await readSpans({ ...stream, signal }, [span], (messages) => {
    for (const message of messages) if (isWanted(message, options)) letters.push(message);
  });
  return letters;
}

const streamOf = ({ brokers }: Options) => {
  if (brokers === undefined) throw new UsageError('--brokers is missing: host:port of a Kafka broker');
  const settings = { ...readSettings(Type.Object(kafkaSecuritySettings), process.env), SIAGA_KAFKA_BROKERS: brokers };
  return {
    ...streamOptions(settings, 'siaga-dead-letters', createLogger('dead-letters', 'silent')),
    retries: RETRIES,
  };
};

function isWanted(message: StreamMessage, { reason, step }: Options): boolean {
  const letter = readDeadLetter(message);
  return (reason === undefined || letter.reason === reason) && (step === undefined || letter.step === step);
}

function limitOf({ limit = String(SHOWN) }: Options): number {
  if (!/^[1-9]\d{0,5}$/.test(limit)) throw new UsageError(`--limit ${limit} is no number of dead letters`);
  return Number(limit);
}

function list(letters: readonly StreamMessage[], limit: number, print: (text: string) => void): number {
  if (letters.length === 0) return (print('no dead letters'), 0);
  for (const message of letters.slice(-limit)) {
    const { at, step, reason, topic, offset, detail } = readDeadLetter(message);
    const origin = terminalText(`${topic}/${offset}`, 60);
    print(`${message.offset}  ${at}  ${step}  ${terminalText(reason, 40)}  from ${origin}  ${terminalText(detail)}`);
  }
  const counts = new Map<string, number>();
  for (const message of letters) {
    const { step, reason } = readDeadLetter(message);
    const what = `${step}: ${terminalText(reason, 40)}`;
    counts.set(what, (counts.get(what) ?? 0) + 1);
  }
  print(`\n${letters.length} in all`);
  for (const [what, count] of [...counts].toSorted(([, a], [, b]) => b - a)) print(`${count}  ${what}`);
  return 0;
}

/** The value goes out as it came in, escaped: it may hold anything, and it is what nobody could read. */
function show(letters: readonly StreamMessage[], place: string | undefined, print: (text: string) => void): number {
  const letter = letters.find(({ offset }) => offset === place);
  if (!letter) throw new UsageError(`there is no dead letter ${place ?? ''}: "list" gives their numbers`);
  for (const [field, value] of Object.entries(readDeadLetter(letter))) print(`${field}: ${terminalText(value, 2_000)}`);
  print(`key: ${terminalText(String(letter.key ?? ''), 300)}`);
  print(`value, ${letter.value?.length ?? 0} bytes:\n${JSON.stringify(letter.value?.toString('utf8') ?? '')}`);
  return 0;
}

async function replay(
  letters: readonly StreamMessage[],
  options: Options,
  print: (text: string) => void,
): Promise<number> {
  const topics = new Map<string, OutgoingMessage[]>();
  let stay = 0;
  for (const letter of letters) {
    const revived = givenUpMessage(letter);
    if (!revived) stay++;
    else if (topics.get(revived.topic)?.push(revived.message) === undefined)
      topics.set(revived.topic, [revived.message]);
  }
  for (const [topic, messages] of topics) print(`${messages.length} to ${terminalText(topic)}`);
  if (stay > 0) print(`${stay} were never on a topic: mend them at their source`);
  if (topics.size === 0) return (print('nothing to replay'), 0);
  if (!options.yes) return (print('nothing was sent: --yes does it'), 0);
  const known = new Set(Object.values(topicsOf(options.prefix)).map(({ name }) => name));
  const foreign = [...topics.keys()].find((topic) => !known.has(topic));
  if (foreign !== undefined)
    throw new UsageError(`${terminalText(foreign)} is no topic of this fleet: nothing was sent`);
  const producer = await connectProducer(streamOf(options));
  try {
    for (const [topic, messages] of topics) {
      for (let at = 0; at < messages.length; at += BATCH) {
        await producer.send([{ topic, messages: messages.slice(at, at + BATCH) }]);
      }
    }
  } finally {
    await producer.close();
  }
  return (print('sent'), 0);
}
