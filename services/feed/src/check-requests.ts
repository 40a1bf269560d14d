import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { FastifySchemaCompiler } from 'fastify';

/** A misspelt filter must not look like one that filtered nothing: what a schema does not know is refused, never dropped. */
const OPTIONS = { useDefaults: true, removeAdditional: false, allErrors: false } as const;

/**
 * How requests are held to their routes' schemas. Addresses and headers are text, of which numbers and lists are made. A body
 * is JSON, which has types of its own: to take `null` for false would let sending go on by mistake.
 */
export function requestChecks(): FastifySchemaCompiler<object> {
  const text = new Ajv({ ...OPTIONS, coerceTypes: 'array' });
  const json = new Ajv(OPTIONS);
  for (const ajv of [text, json]) formats.default(ajv);
  return ({ schema, httpPart }) => (httpPart === 'body' ? json : text).compile(schema);
}
