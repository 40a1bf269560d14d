import { TOPIC_ACCESS, topicsOf, type StreamService } from '@siaga/contracts';
import {
  AclOperationTypes,
  AclPermissionTypes,
  AclResourceTypes,
  ResourcePatternTypes,
  type AclEntry,
} from './kafkajs.js';
import { kafkaClient, type StreamOptions } from './client.js';

type Operation = 'READ' | 'WRITE' | 'DESCRIBE';

/** One line of an access list: a user may do something with a topic or a consumer group. */
export interface AccessRule {
  readonly service: StreamService;
  /** Such as `User:siaga-ingest`. */
  readonly principal: string;
  readonly operation: Operation;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  /** Whether `name` only begins the resource's name. */
  readonly prefixed: boolean;
}

/** Both READ and WRITE let their owner describe the resource, as Kafka has it; more than that nobody needs. */
export function accessRules(prefix: string, userOf = (service: StreamService) => `siaga-${service}`): AccessRule[] {
  const topics = topicsOf(prefix);
  return (Object.keys(TOPIC_ACCESS) as StreamService[]).flatMap((service) => {
    const { reads, writes, groups, watches, readsAlone } = TOPIC_ACCESS[service];
    const rule = (operation: Operation, resource: 'topic' | 'group', name: string, prefixed = false) => ({
      ...{ service, principal: `User:${userOf(service)}`, operation, resource, name, prefixed },
    });
    return [
      ...reads.map((topic) => rule('READ', 'topic', topics[topic].name)),
      ...writes.map((topic) => rule('WRITE', 'topic', topics[topic].name)),
      ...groups.map((group) => rule('READ', 'group', `${prefix}.${group}`)),
      ...(watches?.topics ?? []).map((topic) => rule('DESCRIBE', 'topic', topics[topic].name)),
      ...(watches?.groups ?? []).map((group) => rule('DESCRIBE', 'group', `${prefix}.${group}`)),
      ...(readsAlone ? [rule('READ', 'group', `siaga-${service}-`, true)] : []),
    ];
  });
}

/** Adds the rules to the cluster's access lists; those that it has already stay as they are, as do all others. */
export async function grantAccess(options: StreamOptions, rules: readonly AccessRule[]): Promise<void> {
  const admin = kafkaClient(options).admin();
  await admin.connect();
  try {
    await admin.createAcls({ acl: rules.map(entryOf) });
  } finally {
    await admin.disconnect();
  }
}

const entryOf = ({ principal, operation, resource, name, prefixed }: AccessRule): AclEntry => ({
  principal,
  host: '*',
  operation: AclOperationTypes[operation],
  permissionType: AclPermissionTypes.ALLOW,
  resourceType: resource === 'topic' ? AclResourceTypes.TOPIC : AclResourceTypes.GROUP,
  resourceName: name,
  resourcePatternType: prefixed ? ResourcePatternTypes.PREFIXED : ResourcePatternTypes.LITERAL,
});
