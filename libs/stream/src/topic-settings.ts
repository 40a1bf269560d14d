import type { Topic } from '@siaga/contracts';
import { ConfigResourceTypes, ConfigSource } from './kafkajs.js';
import { kafkaClient, type StreamOptions } from './client.js';
import type { ActualTopic, TopicPlan } from './topic-plan.js';
import { ensureTopics } from './topics.js';

/** @returns those of the topics that the cluster has, and may be seen by whom we are */
export async function describeTopics(options: StreamOptions, topics: readonly Topic[]): Promise<ActualTopic[]> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    const existing = new Set(await admin.listTopics());
    const names = topics.map(({ name }) => name).filter((name) => existing.has(name));
    if (names.length === 0) return [];
    const metadata = await admin.fetchTopicMetadata({ topics: names });
    const settings = await settingsOf(admin, names);
    return metadata.topics.map(({ name, partitions }) => ({
      name,
      partitions: partitions.length,
      replication: Math.min(...partitions.map(({ replicas }) => replicas.length)),
      config: settings.get(name) ?? {},
    }));
  } finally {
    await admin.disconnect();
  }
}

type Admin = ReturnType<ReturnType<typeof kafkaClient>['admin']>;

/** By topic, what was set for it alone. */
async function settingsOf(admin: Admin, names: readonly string[]): Promise<Map<string, Record<string, string>>> {
  const { resources } = await admin.describeConfigs({
    includeSynonyms: false,
    resources: names.map((name) => ({ type: ConfigResourceTypes.TOPIC, name })),
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      Object.fromEntries(
        configEntries
          .filter(({ configSource }) => configSource === ConfigSource.TOPIC_CONFIG)
          .map(({ configName, configValue }) => [configName, configValue]),
      ),
    ]),
  );
}

/**
 * Carries out what a plan changes; what it refuses stays as it is.
 *
 * @throws Error of the broker for what it does not take; what came before that is done
 */
export async function applyTopicPlan(
  options: StreamOptions,
  { changes }: TopicPlan,
  replication: number,
): Promise<void> {
  const created = changes.flatMap((change) => (change.kind === 'create' ? [change.topic] : []));
  if (created.length > 0) await ensureTopics(options, created, replication);
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    for (const change of changes) {
      if (change.kind === 'grow') {
        await admin.createPartitions({ topicPartitions: [{ topic: change.name, count: change.to }] });
      } else if (change.kind === 'set') {
        // kafkajs knows only the request that replaces all of a topic's settings: what others have set goes along.
        const standing = (await settingsOf(admin, [change.name])).get(change.name) ?? {};
        const values = Object.entries(change.values).map(([name, [, value]]) => [name, value]);
        const config = Object.entries<string>({ ...standing, ...Object.fromEntries(values) });
        await admin.alterConfigs({
          validateOnly: false,
          resources: [
            {
              type: ConfigResourceTypes.TOPIC,
              name: change.name,
              configEntries: config.map(([name, value]) => ({ name, value })),
            },
          ],
        });
      }
    }
  } finally {
    await admin.disconnect();
  }
}
