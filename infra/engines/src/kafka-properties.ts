import type { KafkaSecurity } from './kafka-security.js';

export interface KafkaProperties {
  readonly port: number;
  readonly controllerPort: number;
  readonly dataDir: string;
  /** A second way in, which clients find at another port than it listens on: a proxy that breaks connections on purpose. */
  readonly detour?: KafkaDetour | undefined;
  readonly security?: KafkaSecurity | undefined;
  /** Messages carry the broker's time, so that one clock has stamped all of them. */
  readonly stampedByBroker?: boolean | undefined;
}

export interface KafkaDetour {
  readonly listensOn: number;
  readonly foundAt: number;
}

/** One KRaft node that is broker and controller, small enough for a laptop and quick to come back after a kill. */
export function kafkaProperties(properties: KafkaProperties): string {
  const { port, controllerPort, dataDir, detour, security, stampedByBroker } = properties;
  const detourAt = (which: keyof KafkaDetour) => (detour ? `,DETOUR://127.0.0.1:${detour[which]}` : '');
  const clients = security ? `,CLIENTS://127.0.0.1:${security.port}` : '';
  return `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}${detourAt('listensOn')}${clients}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}${detourAt('foundAt')}${clients}
inter.broker.listener.name=PLAINTEXT
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,DETOUR:PLAINTEXT,CLIENTS:SASL_SSL
${security ? security.properties : ''}log.dirs=${escaped(dataDir)}
num.partitions=3
auto.create.topics.enable=false
# a dead letter carries the message it stands for, at most 4 MiB
message.max.bytes=5242880
replica.fetch.max.bytes=5242880
# one node: every internal topic must have factor 1; few partitions start faster and use less memory
offsets.topic.replication.factor=1
offsets.topic.num.partitions=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
# no 3 s wait before the first rebalance; members may ask for short sessions in tests
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
# the log cleaner's default buffer is 128 MB of heap, half of what we give
log.cleaner.dedupe.buffer.size=4194304
# after a crash the dead broker's registration must expire before the new one is let in: 9 s by default
broker.session.timeout.ms=3000
broker.heartbeat.interval.ms=500
num.network.threads=2
num.io.threads=4
log.segment.bytes=67108864
${stampedByBroker ? 'log.message.timestamp.type=LogAppendTime\n' : ''}`;
}

/** The file is Java properties, where a backslash escapes; Kafka splits `log.dirs` at commas, so those cannot be saved. */
function escaped(folder: string): string {
  return folder.replaceAll('\\', '\\\\');
}
