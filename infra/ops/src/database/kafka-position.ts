import { topicsOf } from '@siaga/contracts';
import { createLogger, kafkaSettings, readSettings } from '@siaga/runtime';
import { committedOffsets, moveGroup, streamOptions } from '@siaga/stream';
import Type from 'typebox';
import type { Terminal } from '../terminal.js';

/** How far notify had taken Kafka's topics into PostgreSQL. */
export interface KafkaPosition {
  readonly groups: readonly {
    readonly groupId: string;
    readonly topic: string;
    readonly offsets: Readonly<Record<number, number>>;
  }[];
}

/** Three seconds for a broker that is not there: a person waits. */
const RETRIES = 5;

function kafkaOf(env: Terminal['env']) {
  const settings = readSettings(Type.Object(kafkaSettings), env);
  const { SIAGA_TOPIC_PREFIX: prefix } = settings;
  return {
    options: { ...streamOptions(settings, 'siaga-database', createLogger('database', 'silent')), retries: RETRIES },
    prefix,
  };
}

/** Ask before a backup begins: what is committed later may or may not be in it. */
export async function kafkaPosition(env: Terminal['env']): Promise<KafkaPosition> {
  const { options, prefix } = kafkaOf(env);
  const { flags, removals } = topicsOf(prefix);
  const groups = [
    { groupId: `${prefix}.notify`, topic: flags.name },
    { groupId: `${prefix}.notify-removals`, topic: removals.name },
  ];
  return {
    groups: await Promise.all(
      groups.map(async ({ groupId, topic }) => ({
        ...{ groupId, topic },
        offsets: await committedOffsets(options, groupId, topic),
      })),
    ),
  };
}

/** Lets notify read again from where it stood; what it knows already changes nothing. */
export async function goBackTo({ groups }: KafkaPosition, env: Terminal['env']): Promise<void> {
  const { options } = kafkaOf(env);
  for (const { groupId, topic, offsets } of groups) await moveGroup(options, groupId, { topic, offsets });
}
