/**
 * A schema as whoever sends it should read it: what has a default may be left out. The check knows it as required, for it looks
 * after the defaults are filled in.
 */
export function asAsked<T>(schema: T): T {
  if (Array.isArray(schema)) return schema.map(asAsked) as T;
  if (typeof schema !== 'object' || schema === null) return schema;
  const copy = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, asAsked<unknown>(value)]));
  const { properties = {}, required } = schema as { properties?: Record<string, object>; required?: string[] };
  if (!Array.isArray(required)) return copy as T;
  const needed = required.filter((name) => !Object.hasOwn(properties[name] ?? {}, 'default'));
  if (needed.length > 0) copy.required = needed;
  else delete copy.required;
  return copy as T;
}
