import { topicsOf } from '@siaga/contracts';
import { createLogger } from '@siaga/runtime';
import { readSpans, topicSpan } from '@siaga/stream';
import { loadAccount, type Account } from './account.js';

/** Reads all that the topics hold by now, once. */
export async function readAccount(
  brokers: string,
  { run, total, signal }: { readonly run: string; readonly total: number; readonly signal: AbortSignal },
): Promise<Account> {
  const topics = topicsOf();
  const stream = { brokers, clientId: 'siaga-load', log: createLogger('load', 'silent'), signal };
  const account = loadAccount(topics, run, total);
  const names = [topics.posts, topics.verdicts, topics.flags, topics.deadLetters].map(({ name }) => name);
  const spans = await Promise.all(names.map((name) => topicSpan(stream, name, { from: 0 })));
  await readSpans(
    stream,
    spans.flatMap((span) => span ?? []),
    account.take,
  );
  return account;
}
