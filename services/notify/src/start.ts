import { topicsOf } from '@siaga/contracts';
import { outboundClient, outboundConnector, readSecrets, startRepeating, type Service } from '@siaga/runtime';
import { databaseUrlOf, openDatabase, reopenChanged } from '@siaga/storage';
import {
  brokerMetrics,
  connectProducer,
  kafkaHealth,
  startBatchConsumer,
  streamMetrics,
  streamOptions,
  watchBroker,
} from '@siaga/stream';
import { actOnDecision } from './act-on-decisions.js';
import { linkMaker } from './answer-links.js';
import { answersApp } from './answers.js';
import { keysOf } from './channels/fields.js';
import { channelsInPolicy, openChannels } from './channels/routes.js';
import { startDispatcher } from './dispatcher.js';
import { checkPosts } from './liveness/check-posts.js';
import { gaugeAll } from './gauges.js';
import { notifyMetrics } from './metrics.js';
import { notifyStep } from './notify-step.js';
import { keepPolicyInForce } from './policy-in-force.js';
import { mapPlatforms, policyVersion, readPolicy } from './policy.js';
import { relayOutbox } from './relay-outbox.js';
import { applyRetention } from './retention/apply-retention.js';
import { removePostsStep } from './remove-posts-step.js';
import { rumourStep } from './rumours/rumour-step.js';
import type { Settings } from './settings.js';
import { verifierWith } from '@siaga/outgoing';
import { takeFallbacks } from './take-fallbacks.js';
import { watchDeadlines } from './watch-deadlines.js';
import { watchPrecision } from './watch-precision.js';

const USER_AGENT = 'Siaga/0.1 (notices about public posts; contact in each notice)';
/** Well below the dispatcher's lease, so that no two processes can be sending one delivery. */
const SEND_TIMEOUT_MS = 10_000;
/** Of the time for a call, for the mail itself takes some too. */
const CONNECT_TIMEOUT_MS = 5_000;
const MAX_ANSWER_BYTES = 256 * 1024;
const BATCH_SIZE = 100;
const RUMOURS_AT_ONCE = 1_000;
/** Hosts that are asked at once what became of reported posts. */
const LOOKERS = 4;

export async function start(service: Service, settings: Settings): Promise<void> {
  const { log, registry, onStop } = service;
  const topics = topicsOf(settings.SIAGA_TOPIC_PREFIX);
  const stream = streamOptions(settings, 'siaga-notify', log);
  const metrics = notifyMetrics(registry);
  const overStream = streamMetrics(registry);
  const db = openDatabase(databaseUrlOf(settings), {
    applicationName: 'siaga-notify',
    onIdleError: (err) => log.warn({ err }, 'database connection lost'),
  });
  onStop('database', () => db.close());
  gaugeAll(registry, db);

  const client = outboundClient({
    allowPrivateAddresses: settings.SIAGA_ALLOW_PRIVATE_ADDRESSES,
    userAgent: USER_AGENT,
    timeoutMs: SEND_TIMEOUT_MS,
    maxBodyBytes: MAX_ANSWER_BYTES,
  });
  onStop('outbound connections', () => client.close());
  const connect = outboundConnector({
    allowPrivateAddresses: settings.SIAGA_ALLOW_PRIVATE_ADDRESSES,
    timeoutMs: CONNECT_TIMEOUT_MS,
  });
  const answerLink = linkMaker(db, settings.SIAGA_PUBLIC_URL);
  const inForce = keepPolicyInForce({
    read: () => ({
      policy: readPolicy(settings.SIAGA_POLICY_FILE),
      secrets: readSecrets(settings.SIAGA_SECRETS_FILE),
    }),
    make: (policy, secrets) =>
      mapPlatforms(policy, (platform) => ({
        channels: openChannels(platform, { secrets, client, connect, answerLink, log }),
        verifier:
          platform.answerSecret === undefined ? undefined : verifierWith(keysOf(platform.answerSecret, secrets)),
      })),
    log,
  });
  onStop('policy', () => inForce.close());
  inForce.failed.catch(service.crash);
  const policy = () => inForce.current().policy;
  log.info({ policy: policyVersion(policy()) }, 'policy in force');

  const app = answersApp({ db, verifierOf: (platform) => inForce.current().made.get(platform)?.verifier, metrics });
  onStop('answers', () => app.close());
  const address = await app.listen({ host: settings.SIAGA_NOTIFY_HOST, port: settings.SIAGA_NOTIFY_PORT });
  log.info({ address }, 'taking answers');

  const kafka = kafkaHealth(stream);
  onStop('kafka health', () => kafka.close());
  const producer = await connectProducer(stream, overStream);
  onStop('producer', () => producer.close());
  const dispatcher = startDispatcher(
    {
      db,
      policy,
      publicUrl: settings.SIAGA_PUBLIC_URL,
      channelOf: (platform, channel) => inForce.current().made.get(platform)?.channels.get(channel),
      metrics,
      log,
      tracing: service.tracing,
    },
    service.crash,
  );
  onStop('dispatcher', () => dispatcher.close());
  /** Goes on doing something, in every process: each piece of work is one process's at a time. */
  const repeat = (what: string, pauseMs: number, work: (stopping: AbortSignal) => Promise<unknown>, workers = 1) => {
    const repeating = Array.from({ length: workers }, () =>
      startRepeating({ what, pauseMs, work: async (stopping) => void (await work(stopping)), log }, service.crash),
    );
    onStop(what, () => Promise.all(repeating.map((one) => one.close())).then(() => undefined));
  };
  repeat('decisions', 1_000, async () => {
    while (await actOnDecision({ db, policy, log }));
  });
  repeat('outbox', 250, async () => {
    while ((await relayOutbox({ db, producer, topics })) > 0);
  });
  repeat('deadlines', 5_000, () => watchDeadlines({ db, policy, metrics }));
  repeat(
    'looks at reported posts',
    2_000,
    (stopping) => checkPosts({ db, policy, client, metrics }, stopping),
    LOOKERS,
  );
  repeat('closed channels', 5_000, () => db.transaction((tx) => reopenChanged(tx, channelsInPolicy(policy()))));
  repeat('precision', 5_000, () => watchPrecision({ db, policy }));
  repeat('retention', 60_000, (stopping) => applyRetention({ db, policy, metrics, log }, stopping));
  repeat('fallbacks', 5_000, () => takeFallbacks({ db, policy, metrics }));
  const consuming = {
    ...stream,
    batchSize: BATCH_SIZE,
    producer,
    deadLetterTopic: topics.deadLetters.name,
    metrics: overStream,
    onCrash: service.crash,
  };
  const [consumer, removals, rumours] = await Promise.all([
    startBatchConsumer({
      ...consuming,
      groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify`,
      topic: topics.flags.name,
      step: notifyStep({ db, policy, metrics, log, tracing: service.tracing }),
    }),
    startBatchConsumer({
      ...consuming,
      groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify-removals`,
      topic: topics.removals.name,
      step: removePostsStep({ db, metrics }),
    }),
    startBatchConsumer({
      ...consuming,
      batchSize: RUMOURS_AT_ONCE,
      groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify-rumours`,
      topic: topics.rumours.name,
      step: rumourStep({ db, policy, metrics }),
    }),
  ]);
  onStop('consumers', () => Promise.all([consumer, removals, rumours].map((one) => one.close())).then(() => undefined));
  const { posts, claims, flags, removals: removed } = topics;
  const watching = watchBroker(
    stream,
    {
      groups: [
        { groupId: `${settings.SIAGA_TOPIC_PREFIX}.classify`, topic: posts.name },
        { groupId: `${settings.SIAGA_TOPIC_PREFIX}.classify-look-back`, topic: claims.name },
        { groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify`, topic: flags.name },
        { groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify-removals`, topic: removed.name },
        { groupId: `${settings.SIAGA_TOPIC_PREFIX}.notify-rumours`, topic: topics.rumours.name },
      ],
      metrics: brokerMetrics(registry),
    },
    service.crash,
  );
  onStop('look at the brokers', () => watching.close());
  service.readyWhen('kafka', kafka.check);
  service.readyWhen('database', async () => void (await db.query('select 1')));
  service.readyWhen('consumer group', async () => {
    if (![consumer, removals, rumours].every((one) => one.joined()))
      throw new Error('not a member of its consumer groups');
  });
}
