/** Every flag of a fleet, from the first that Kafka still has: BROKERS=host:port. What else there is: docs/asyncapi.yaml */
import { Kafka } from 'kafkajs';

const { BROKERS = '127.0.0.1:19092', TOPIC = 'siaga.flags', GROUP = 'my-desk' } = process.env;
const consumer = new Kafka({ clientId: GROUP, brokers: BROKERS.split(',') }).consumer({ groupId: GROUP });
await consumer.connect();
await consumer.subscribe({ topic: TOPIC, fromBeginning: true });
await consumer.run({
  async eachMessage({ message }) {
    const { category, score, post } = JSON.parse(String(message.value));
    // Nobody wrote these: the fleet watches itself with them.
    if (post.platform === 'siaga-canary') return;
    console.log(category, score, post.url ?? post.id);
  },
});
