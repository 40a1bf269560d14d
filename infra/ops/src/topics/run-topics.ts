import { topicsOf } from '@siaga/contracts';
import { createLogger, kafkaSettings, parseCommandLine, readSettings, UsageError } from '@siaga/runtime';
import {
  accessRules,
  applyTopicPlan,
  describeTopics,
  grantAccess,
  planTopics,
  streamOptions,
  type StreamOptions,
} from '@siaga/stream';
import Type from 'typebox';
import type { Terminal } from '../terminal.js';
import { renderAccess } from './render-access.js';
import { renderPlan } from './render-plan.js';

const HELP = `npm run topics -- COMMAND [options]

The topics of the fleet as code: libs/contracts says what they are, and this makes a cluster have them so.

  plan                what would change, and what differs and is left to people; changes nothing
  apply               does what plan says; --grow lets it add partitions, too
  acls                who may read and write what, a line each for kafka-acls.sh; --grant puts it on the cluster

  --replication N     copies of each partition: 1 on one node, 3 on a cluster (1)
  --brokers LIST      host:port, separated by commas; else SIAGA_KAFKA_BROKERS, else the fleet of this checkout
  --prefix NAME       first part of the topics' names (siaga)
  --help              this text

Nothing is ever deleted or made smaller. With more partitions a key moves to another one: docs/kafka.md says what that means.
TLS and SASL come from SIAGA_KAFKA_TLS_CA, SIAGA_KAFKA_SASL_MECHANISM, _USER and _PASSWORD_FILE, as for the services.`;

const OPTIONS = {
  replication: { type: 'string' },
  brokers: { type: 'string' },
  prefix: { type: 'string' },
  grow: { type: 'boolean' },
  grant: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Three seconds for a broker that is not there: a person waits. */
const RETRIES = 5;

/**
 * @returns the exit code: 1 where something differs that is left to people
 * @throws UsageError for what the person at the terminal can mend
 */
export async function runTopics(args: readonly string[], { env, print }: Terminal): Promise<number> {
  const options = parseCommandLine(args, OPTIONS);
  const [command] = options.words;
  if (options.help || command === undefined) return (print(HELP), options.help ? 0 : 2);
  const given = options.brokers === undefined ? {} : { SIAGA_KAFKA_BROKERS: options.brokers };
  const named = options.prefix === undefined ? {} : { SIAGA_TOPIC_PREFIX: options.prefix };
  if (command === 'acls') {
    const { SIAGA_TOPIC_PREFIX: prefix } = readSettings(Type.Object({ SIAGA_TOPIC_PREFIX }), { ...env, ...named });
    const rules = accessRules(prefix);
    print(renderAccess(rules));
    if (options.grant) {
      await grantAccess(streamOf({ ...env, ...given }), rules).catch(unreachable);
      print(`\n${rules.length} rules are on the cluster`);
    }
    return 0;
  }
  if (command !== 'plan' && command !== 'apply') {
    throw new UsageError(`unknown command "${command}": plan, apply or acls`);
  }
  const settings = { ...env, ...given, ...named };
  const stream = streamOf(settings);
  const { SIAGA_TOPIC_PREFIX: prefix } = readSettings(Type.Object({ SIAGA_TOPIC_PREFIX }), settings);
  const replication = replicationOf(options.replication);
  const wanted = Object.values(topicsOf(prefix));
  const plan = planTopics(wanted, await describeTopics(stream, wanted).catch(unreachable), replication);
  print(renderPlan(plan));
  if (command === 'plan') return plan.refused.length > 0 ? 1 : 0;
  const growing = plan.changes.filter(({ kind }) => kind === 'grow');
  const changes = plan.changes.filter((change) => options.grow || !growing.includes(change));
  await applyTopicPlan(stream, { ...plan, changes }, replication);
  const left = growing.length > 0 && !options.grow;
  if (left) print('\npartitions were not added: read docs/kafka.md, then --grow does it');
  if (changes.length > 0) print(`\n${changes.length} of ${plan.changes.length} changes made`);
  return plan.refused.length > 0 || left ? 1 : 0;
}

const { SIAGA_TOPIC_PREFIX } = kafkaSettings;

function streamOf(env: Terminal['env']): StreamOptions {
  const settings = readSettings(Type.Object(kafkaSettings), env);
  return { ...streamOptions(settings, 'siaga-topics', createLogger('topics', 'silent')), retries: RETRIES };
}

function replicationOf(given = '1'): number {
  if (!/^[1-9]$/.test(given)) throw new UsageError(`--replication ${given} is no number from 1 to 9`);
  return Number(given);
}

function unreachable(error: Error): never {
  if (!/^KafkaJS(NumberOfRetriesExceeded|Connection|SASLAuthentication)/.test(error.name)) throw error;
  throw new UsageError(`Kafka does not answer: ${error.message}`);
}
