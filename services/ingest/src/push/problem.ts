import { STATUS_CODES } from 'node:http';

/** What is wrong with which part of a request. */
export interface Fault {
  readonly in: string;
  readonly detail: string;
}

/** An error answer (RFC 9457); the message is meant for the client. */
export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly statusCode: number,
    message: string,
    readonly more: { readonly errors?: readonly Fault[]; readonly headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

export function problemBody(status: number, detail?: string, errors?: readonly Fault[]): string {
  const title = STATUS_CODES[status] ?? 'Error';
  return JSON.stringify({
    type: 'about:blank',
    title,
    status,
    ...(detail ? { detail } : {}),
    ...(errors ? { errors } : {}),
  });
}
