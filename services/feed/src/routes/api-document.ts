import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { withDirective } from '../security-headers.js';

const Document = Type.Object(
  { openapi: Type.Literal('3.1.0'), info: Type.Object({}), paths: Type.Object({}) },
  { additionalProperties: true },
);

/** The document of the API for programs at `/openapi.json`, and for people at `/docs`. It says nothing of what was found. */
export async function apiDocumentRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('onRoute', (route) => void (route.config = { ...route.config, permission: 'public' }));
  let text: string | undefined;
  app.get(
    '/openapi.json',
    {
      schema: {
        ...{ operationId: 'getDocument', tags: ['document'], summary: 'This document' },
        response: { 200: Type.Unsafe({ ...Document, description: 'An OpenAPI 3.1 document.' }) },
      },
    },
    async (_request, reply) => {
      text ??= JSON.stringify(app.swagger());
      return reply.type('application/json').header('cache-control', 'no-cache').send(text);
    },
  );
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    // Nothing inline runs here either; its arrows are pictures within its style sheet.
    staticCSP: withDirective('img-src', "'self' data:"),
    uiConfig: { layout: 'BaseLayout', docExpansion: 'list', defaultModelsExpandDepth: -1 },
    theme: { title: 'Siaga: API' },
  });
}
