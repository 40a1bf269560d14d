import type { RouteOptions } from 'fastify';

/** Why a request can be refused, by status. Every refusal has the same form. */
const PROBLEMS = {
  400: 'A parameter or the body does not fit its schema; `errors` says which.',
  401: 'Nobody is signed in, or the token is no good.',
  403: 'Who asks may not do this, or the request comes from a page of another site.',
  404: 'There is no such thing.',
  409: 'Somebody was faster, or it does not fit the state that the thing is in.',
  413: 'The body is too large.',
  415: 'The body is not JSON.',
  429: 'Too many requests; `retry-after` says when to come back.',
  431: 'The address and the headers are larger than 16 KiB together.',
  503: 'The database is out of reach, or all places are taken; `retry-after` says when to come back.',
} as const;
export type ProblemStatus = keyof typeof PROBLEMS;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Refusals of this route beyond those that follow from its method, parameters and permission. */
    problems?: readonly ProblemStatus[];
  }
}

const HEADERS: Partial<Record<ProblemStatus, Readonly<Record<string, object>>>> = {
  401: { 'www-authenticate': { schema: { const: 'Bearer' } } },
  429: { 'retry-after': { schema: { type: 'integer' }, description: 'seconds' } },
  503: { 'retry-after': { schema: { type: 'integer' }, description: 'seconds' } },
};

/** For the document's `components.responses`. */
export const problemComponents = Object.fromEntries(
  Object.entries(PROBLEMS).map(([status, description]) => [
    `Problem${status}`,
    {
      description,
      ...(HEADERS[Number(status) as ProblemStatus] && { headers: HEADERS[Number(status) as ProblemStatus] }),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    },
  ]),
);

/** How a route can refuse: what follows from its method, parameters and permission, and what its config says. */
export function problemsOf({ method, url, config }: RouteOptions): readonly ProblemStatus[] {
  const changes = [method].flat().some((name) => name !== 'GET' && name !== 'HEAD');
  const isOpen = config?.permission === 'public';
  const statuses: ProblemStatus[] = [
    ...([400, 429, 431, 503] as const),
    ...(isOpen ? [] : ([401] as const)),
    ...(isOpen && !changes ? [] : ([403] as const)),
    ...(url.includes('/:') ? ([404] as const) : []),
    ...(changes ? ([413, 415] as const) : []),
    ...(config?.problems ?? []),
  ];
  return [...new Set(statuses)].sort();
}
