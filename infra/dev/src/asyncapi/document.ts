import { Claim, Decision, Flag, Post, topicsOf, Verdict, type Topic } from '@siaga/contracts';
import { DEAD_LETTER_HEADERS } from './dead-letter-headers.js';

const VERSION = '1';
const DESCRIPTION = [
  'The events of a Siaga fleet, as they stand on Kafka. An event is JSON in UTF-8; what it is keyed by decides its partition, and what',
  'stays in order. Everything is delivered at least once: the same key and content may come again. Fields may be added; one that goes,',
  'or changes its meaning, comes with another schemaVersion. Posts and flags of the platform siaga-canary are synthetic: leave them out.',
  ' Posts are hostile text: show them as text and nothing else.',
].join(' ');

interface Event {
  readonly title: string;
  readonly summary: string;
  readonly schema: object;
  readonly headers?: object;
}

const POST: Event = { title: 'Post', summary: 'A public post in its normal form.', schema: Post };

/** What travels on which topic. */
const EVENTS: Readonly<Record<keyof ReturnType<typeof topicsOf>, Event>> = {
  posts: POST,
  removals: {
    ...{ title: 'Removal', schema: Post },
    summary:
      'A post that its author took down or changed, or one of an author who left: delete what you have kept of it.',
  },
  verdicts: {
    title: 'Verdict',
    summary: 'What became of a post: scored, or dropped with the reason.',
    schema: Verdict,
  },
  flags: { title: 'Flag', summary: 'A post that reached a threshold, or one picked for the audit.', schema: Flag },
  rumours: {
    ...{ title: 'Rumour', schema: Post },
    summary:
      'A post that looks like a rumour and repeats no debunked claim: for people to watch, never for a platform.',
  },
  claims: { title: 'Claim', summary: 'A claim that somebody has checked.', schema: Claim },
  decisions: { title: 'Decision', summary: 'What a person decided about a flag or a campaign.', schema: Decision },
  deadLetters: {
    ...{ title: 'Dead letter', schema: { description: 'the message as it came, whatever that was' } },
    summary: 'What nobody could read, with the reason in its headers.',
    headers: { type: 'object', properties: DEAD_LETTER_HEADERS },
  },
};

/** Every topic with its key, its event and its settings, in AsyncAPI 3: what `docs/asyncapi.yaml` holds. */
export function asyncApiDocument(): object {
  const topics = Object.entries(topicsOf()) as [keyof typeof EVENTS, Topic][];
  const each = <T>(make: (name: keyof typeof EVENTS, topic: Topic, event: Event) => T) =>
    Object.fromEntries(topics.map(([name, topic]) => [name, make(name, topic, EVENTS[name])]));
  return plain({
    asyncapi: '3.0.0',
    info: { title: 'Siaga', version: VERSION, description: DESCRIPTION, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    servers: {
      local: { host: '127.0.0.1:19092', protocol: 'kafka', description: 'of npm start, unless that port is taken' },
    },
    channels: each((name, { name: address, partitions, config }, { summary }) => ({
      ...{ address, description: summary, messages: { [name]: { $ref: `#/components/messages/${name}` } } },
      bindings: { kafka: { partitions, topicConfiguration: topicConfiguration(config), bindingVersion: '0.5.0' } },
    })),
    operations: each((name) => ({
      ...{ action: 'send', channel: { $ref: `#/channels/${name}` } },
      messages: [{ $ref: `#/channels/${name}/messages/${name}` }],
    })),
    components: {
      messages: each((name, { key }, { title, summary, schema, headers }) => ({
        ...{ name, title, summary, ...(headers && { headers }), payload: schema },
        bindings: { kafka: { key: { type: 'string', description: key }, bindingVersion: '0.5.0' } },
      })),
    },
  });
}

/** In the types that AsyncAPI's binding has for them. */
const topicConfiguration = (config: Topic['config']) =>
  Object.fromEntries(
    Object.entries(config).map(([name, value]) => [name, name === 'cleanup.policy' ? value.split(',') : Number(value)]),
  );

/** As JSON says it: schemas carry functions, under names that begin with `~`. */
const plain = (document: object): object =>
  JSON.parse(JSON.stringify(document, (key, value: unknown) => (key.startsWith('~') ? undefined : value))) as object;
