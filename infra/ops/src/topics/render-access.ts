import type { AccessRule } from '@siaga/stream';

/** As Kafka's own tool takes it, so that a cluster that is looked after by others can be told the same. */
export function renderAccess(rules: readonly AccessRule[]): string {
  return rules
    .map(({ principal, operation, resource, name, prefixed }) =>
      [
        `kafka-acls.sh --bootstrap-server "$BROKERS" --command-config "$ADMIN" --add --allow-principal ${principal}`,
        `--operation ${operation} --${resource} ${name}${prefixed ? ' --resource-pattern-type prefixed' : ''}`,
      ].join(' '),
    )
    .join('\n');
}
