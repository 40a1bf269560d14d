import { retry } from '@siaga/outgoing';
import Type from 'typebox';
import { Compile } from 'typebox/compile';
import type { CallResult } from '../calls.js';
import { isTokenFault, type Answer, type Session } from './session.js';

const COLLECTION = 'app.bsky.feed.post';
const ADDRESS =
  /^(?:at:\/\/([\w.:%-]{1,300})\/app\.bsky\.feed\.post|https:\/\/bsky\.app\/profile\/([\w.:%-]{1,300})\/post)\/([\w.~:-]{1,512})$/;

/** A version of a post, as the lexicon `com.atproto.repo.strongRef` names it. */
export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

const HandleAnswer = Compile(Type.Object({ did: Type.String({ pattern: '^did:[a-z]+:[\\w.:%-]{1,300}$' }) }));
const RecordAnswer = Compile(Type.Object({ cid: Type.String({ maxLength: 200 }) }));

/** @returns a post's `at://` URI with the DID of its author, or why it has none */
export async function findUri(session: Session, address: string): Promise<{ readonly uri: string } | CallResult> {
  const [, inUri, inUrl, rkey] = ADDRESS.exec(address) ?? [];
  const author = inUri ?? inUrl;
  if (author === undefined || rkey === undefined) return { kind: 'refused', note: 'its address is none of Bluesky' };
  const uriOf = (did: string) => ({ uri: `at://${did}/${COLLECTION}/${rkey}` });
  if (author.startsWith('did:')) return uriOf(author);
  return lookUp(session, 'com.atproto.identity.resolveHandle', { handle: author }, (body) =>
    HandleAnswer.Check(body) ? uriOf(body.did) : undefined,
  );
}

/** Looks a post up by its address: which version of it is there now, or why it cannot be reported. */
export async function findRecord(session: Session, address: string): Promise<StrongRef | CallResult> {
  const found = await findUri(session, address);
  if ('kind' in found) return found;
  const [repo = '', collection = '', rkey = ''] = found.uri.slice('at://'.length).split('/');
  return lookUp(session, 'com.atproto.repo.getRecord', { repo, collection, rkey }, (body) =>
    RecordAnswer.Check(body) ? { uri: found.uri, cid: body.cid } : undefined,
  );
}

async function lookUp<Found extends object>(
  session: Session,
  method: string,
  params: Readonly<Record<string, string>>,
  read: (body: unknown) => Found | undefined,
): Promise<Found | CallResult> {
  try {
    const answer = await session.call(method, { params });
    return answer.status === 200
      ? (read(answer.body) ?? { kind: 'failed', error: `${method} answers what nobody can read` })
      : notFound(answer, method);
  } catch (error) {
    // Nothing but a look-up: it can always be made again.
    return { kind: 'retry', error: (error as Error).message };
  }
}

/** A server says in several ways that it has no such handle, repository or post: `RecordNotFound`, `HandleNotFound`, and more. */
function notFound(answer: Answer, method: string): CallResult {
  const { status, error, afterMs } = answer;
  const what = `${status} ${error ?? ''} to ${method}`;
  if (isTokenFault(answer) || status === 429 || status >= 500) return retry(what, afterMs);
  if (status === 400 || status === 404) return { kind: 'gone', note: error ?? 'no longer there' };
  return { kind: 'failed', error: what };
}
