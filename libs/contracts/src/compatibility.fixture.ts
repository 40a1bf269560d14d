/** The parts of JSON Schema that our events are written in. */
export interface JsonSchema {
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly [keyword: string]: unknown;
}

/**
 * What of a change would break somebody who still has messages, or code, of the old schema. A field may be added when
 * it is optional; nothing may go, change its meaning or become required. Anything else is a new schemaVersion.
 */
export function incompatibilities(before: JsonSchema, after: JsonSchema, at = ''): string[] {
  if (before.items && after.items) {
    const { items: elements, ...list } = before;
    const { items: elementsNow, ...listNow } = after;
    return [...incompatibilities(list, listNow, at), ...incompatibilities(elements, elementsNow, `${at}[]`)];
  }
  if (!before.properties || !after.properties) {
    return JSON.stringify(before) === JSON.stringify(after) ? [] : [`${at || '/'} has changed`];
  }
  const old = before.properties;
  const now = after.properties;
  const wasRequired = new Set(before.required);
  const isRequired = new Set(after.required);
  return [
    ...Object.keys(old).flatMap((name) => {
      const field = now[name];
      return field ? incompatibilities(old[name] as JsonSchema, field, `${at}/${name}`) : [`${at}/${name} is gone`];
    }),
    ...[...isRequired].filter((name) => !wasRequired.has(name)).map((name) => `${at}/${name} became required`),
    ...[...wasRequired].filter((name) => !isRequired.has(name)).map((name) => `${at}/${name} became optional`),
  ];
}
