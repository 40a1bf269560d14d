import { topicsOf, postCodec, verdictWriter } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { connectProducer, done, poison, startBatchConsumer, streamMetrics } from '@siaga/stream';
import { Registry } from 'prom-client';

/**
 * The classify worker without its scoring: it decodes posts, writes verdicts of fixed scores and commits, with the same batches. What it
 * reaches is the most that any model could.
 *
 * usage: node ceiling-worker.js BROKERS PREFIX
 */
const [brokers = '', prefix = ''] = process.argv.slice(2);
const topics = topicsOf(prefix);
const stream = { brokers, clientId: 'siaga-ceiling', log: createLogger('ceiling', 'error') };
const metrics = streamMetrics(new Registry());
const producer = await connectProducer(stream, metrics);
const write = verdictWriter({ model: { name: 'none', version: '0' }, backend: 'native' });
const scores = { hoax: 0.123456, hate: 0.234567, bullying: 0.345678 };
const textSha256 = '0'.repeat(64);
const consumer = await startBatchConsumer({
  ...stream,
  groupId: `${prefix}.ceiling`,
  topic: topics.posts.name,
  batchSize: 1024,
  concurrency: 3,
  producer,
  deadLetterTopic: topics.deadLetters.name,
  metrics,
  onCrash: (error) => {
    throw error;
  },
  step: {
    name: 'ceiling',
    async run(messages) {
      const scoredAt = new Date().toISOString();
      const verdicts: { key: string; value: Buffer }[] = [];
      const outcomes = messages.map(({ value }) => {
        const decoded = postCodec.decode(value);
        if (!decoded.ok) return poison(decoded.reason, decoded.detail);
        const { id, seenAt } = decoded.value;
        verdicts.push({ key: id, value: write({ id, textSha256, scores, seenAt, scoredAt }) });
        return done;
      });
      await producer.send([{ topic: topics.verdicts.name, messages: verdicts }]);
      return outcomes;
    },
  },
});
process.once('SIGTERM', () => {
  void consumer.close().then(() => producer.close());
});
