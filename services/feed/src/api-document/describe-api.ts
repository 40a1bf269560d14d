import swagger from '@fastify/swagger';
import type { FastifyInstance, FastifySchema, RouteOptions } from 'fastify';
import type { AccessOptions } from '../auth/access.js';
import { anonymousPermissions, tokenPermissions } from '../auth/permissions.js';
import { sessionCookieName } from '../auth/session-cookie.js';
import { Problem } from '../problem.js';
import { asAsked } from './as-asked.js';
import { problemComponents, problemsOf, type ProblemStatus } from './problem-responses.js';
import { TAGS } from './tags.js';

const VERSION = '1';
const DESCRIPTION = `What Siaga has found in public posts, what people made of it, and what platforms did about it.

Lists take the same parameters, as far as they mean something for them; where one may be given again, it names alternatives. A \`cursor\`
is the \`next\` of the page before. Times are ISO 8601, in UTC. Errors are problem details (RFC 9457). Posts are hostile text: show
them as text and nothing else.`;

const LICENSE = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

/**
 * Gathers the schemas of every route into an OpenAPI 3.1 document, which `app.swagger()` gives once the app is ready. To be
 * called on the root and before the routes are registered.
 */
export async function describeApi(app: FastifyInstance, access: AccessOptions): Promise<void> {
  await app.register(swagger, {
    // OpenAPI 3.1 knows `const`.
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Siaga', version: VERSION, description: DESCRIPTION, license: LICENSE },
      servers: [{ url: access.publicUrl?.origin ?? '/' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          session: {
            ...({ type: 'apiKey', in: 'cookie' } as const),
            name: sessionCookieName(access),
            description: 'of who is signed in to the console',
          },
          token: { type: 'http', scheme: 'bearer', description: 'made in the console: siaga_...' },
        },
        schemas: { Problem },
        responses: problemComponents,
      },
    },
    transform: ({ schema: { querystring, body, ...schema } = {}, url, route }) => ({
      schema: {
        ...{ ...schema, ...(querystring !== undefined && { querystring: asAsked(querystring) }) },
        ...{ ...(body !== undefined && { body: asAsked(body) }), ...whoAndWhatElse(route, access) },
      },
      url,
    }),
    transformObject: (document) => withProblems('openapiObject' in document ? document.openapiObject : {}),
  });
}

/** Who may call a route, and how it refuses. */
function whoAndWhatElse(
  route: RouteOptions,
  { anonymous }: AccessOptions,
): FastifySchema & Record<`x-${string}`, unknown> {
  const { permission } = route.config ?? {};
  if (permission === 'public' || permission === undefined) return { security: [], [PROBLEMS]: problemsOf(route) };
  return {
    security: [
      ...(anonymous === 'viewer' && anonymousPermissions.has(permission) ? [{}] : []),
      { session: [] },
      ...(tokenPermissions.includes(permission) ? [{ token: [] }] : []),
    ],
    'x-permission': permission,
    [PROBLEMS]: problemsOf(route),
  };
}

/** Under which a route's refusals travel through the plugin, which would take references for schemas. */
const PROBLEMS = 'x-problems';
/** What the plugin calls an answer whose schema does not describe it. */
const UNSAID = 'Default Response';
interface Operation {
  summary?: string;
  responses?: Record<string, { description?: string; $ref?: string }>;
  [PROBLEMS]?: readonly ProblemStatus[];
}

function withProblems<D extends { paths?: Record<string, unknown> }>(document: D): D {
  const operations = Object.values(document.paths ?? {}).flatMap((path) =>
    Object.values(path as Record<string, Operation>),
  );
  for (const operation of operations) {
    const { [PROBLEMS]: problems = [] } = operation;
    const refused = problems.map((status) => [status, { $ref: `#/components/responses/Problem${status}` }]);
    const { responses = {}, summary } = operation;
    for (const answer of Object.values(responses))
      if (answer.description === UNSAID) answer.description = `${summary}.`;
    operation.responses = { ...responses, ...Object.fromEntries(refused) };
    delete operation[PROBLEMS];
  }
  return document;
}
