import { isUtf8 } from 'node:buffer';
import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Claim } from './claim.js';
import { Decision } from './decision.js';
import { TEXT_MAX } from './fields.js';
import { Flag } from './flag.js';
import { Post } from './post.js';
import { Verdict } from './verdict.js';

/** Why a message cannot be read. Bounded: these become metric labels and dead-letter headers. */
export type Unreadable =
  | 'empty-value'
  | 'invalid-utf8'
  | 'not-json'
  | 'null-byte'
  | 'text-too-long'
  | 'unknown-schema-version'
  | 'schema-mismatch';

export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly reason: Unreadable; readonly detail: string };

export interface Codec<T> {
  /** @throws TypeError when the event does not fit its schema: a bug of ours, never of a sender. */
  encode(event: T): Buffer;
  /** Never throws; the bytes may come from anyone. */
  decode(value: Buffer | null): Decoded<T>;
}

const unreadable = (reason: Unreadable, detail: string) => ({ ok: false, reason, detail }) as const;

function codecOf<S extends TSchema>(schema: S, currentVersion: number): Codec<Static<S>> {
  const validator = Compile(schema);
  const firstError = (value: unknown): string => {
    const [error] = validator.Errors(value);
    return error ? `${error.instancePath || '/'} ${error.message}`.slice(0, 300) : 'does not fit its schema';
  };
  return {
    encode(event) {
      if (!validator.Check(event)) throw new TypeError(`cannot encode event: ${firstError(event)}`);
      return Buffer.from(JSON.stringify(event));
    },
    decode(bytes) {
      if (bytes === null || bytes.length === 0) return unreadable('empty-value', 'the message has no value');
      if (!isUtf8(bytes)) return unreadable('invalid-utf8', `${bytes.length} bytes are not UTF-8`);
      const json = bytes.toString('utf8');
      let value: unknown;
      try {
        value = JSON.parse(json);
      } catch {
        // V8's message quotes the text, which must not reach headers and logs.
        return unreadable('not-json', `${bytes.length} bytes are not JSON`);
      }
      if (validator.Check(value)) {
        // Only an escape can bring one: the byte itself is not JSON.
        return json.includes('\\u0000') && hasNullByte(value)
          ? unreadable('null-byte', 'a string holds U+0000, which PostgreSQL cannot store')
          : { ok: true, value: value as Static<S> };
      }
      return explain(value, currentVersion) ?? unreadable('schema-mismatch', firstError(value));
    },
  };
}

/** The refusals that an operator wants told apart from a plain mismatch. */
function explain(value: unknown, currentVersion: number) {
  if (typeof value !== 'object' || value === null) return;
  const { schemaVersion, text } = value as { schemaVersion?: unknown; text?: unknown };
  if (typeof schemaVersion === 'number' && schemaVersion !== currentVersion) {
    return unreadable('unknown-schema-version', `schemaVersion ${schemaVersion}, this worker reads ${currentVersion}`);
  }
  if (typeof text === 'string' && text.length > TEXT_MAX) {
    return unreadable('text-too-long', `text of ${text.length} characters, the limit is ${TEXT_MAX}`);
  }
  return;
}

/** Events are at most a few levels deep once they fit their schema, except in fields we do not know. */
function hasNullByte(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.includes('\0');
  if (typeof value !== 'object' || value === null || depth > 4) return false;
  for (const field of Object.values(value)) if (hasNullByte(field, depth + 1)) return true;
  return false;
}

export const postCodec = codecOf(Post, 1);
export const verdictCodec = codecOf(Verdict, 1);
export const flagCodec = codecOf(Flag, 1);
export const claimCodec = codecOf(Claim, 1);
export const decisionCodec = codecOf(Decision, 2);
