import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance, RouteOptions } from 'fastify';
import { Registry } from 'prom-client';
import { createLogger } from '@siaga/runtime';
import type { Database } from '@siaga/storage';
import { buildApp } from '../app.js';
import { DEFAULT_ACCESS } from '../auth/access.js';
import { createLive } from '../live/live.js';
import { feedMetrics } from '../metrics.js';
import { TAGS } from './tags.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description?: string;
  readonly required?: boolean;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly security: readonly Record<string, unknown>[];
  readonly responses: Readonly<
    Record<string, { readonly description?: string; readonly content?: Record<string, unknown> }>
  >;
}
interface ApiDocument {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

const routes: RouteOptions[] = [];
let app: FastifyInstance;
let api: ApiDocument;

beforeAll(async () => {
  const consoleDir = await mkdtemp(path.join(tmpdir(), 'siaga-console-'));
  await writeFile(path.join(consoleDir, 'index.html'), '<!doctype html>');
  const query = async () => [];
  const db: Database = { query, transaction: (work) => work({ query }), close: async () => undefined };
  const [log, metrics] = [createLogger('test', 'silent'), feedMetrics(new Registry())];
  app = await buildApp({
    ...{ db, log, metrics, consoleDir, live: createLive({ db, log, metrics, maxClients: 1 }) },
    access: { ...DEFAULT_ACCESS, anonymous: 'viewer' },
    onRoute: (route) => void routes.push(route),
  });
  api = (await app.inject('/openapi.json')).json();
});
afterAll(() => app.close());

const operations = () =>
  Object.entries(api.paths).flatMap(([url, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ name: `${method.toUpperCase()} ${url}`, operation })),
  );
const isHidden = ({ schema }: RouteOptions) => (schema as { hide?: boolean } | undefined)?.hide === true;
const namesOf = ({ method, url }: RouteOptions) =>
  [method]
    .flat()
    .filter((one) => one !== 'HEAD')
    .map((one) => `${one} ${url.replace(/:(\w+)/g, '{$1}')}`);

describe('the document of the API', () => {
  it('is valid OpenAPI 3.1', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone({ ...api }));
    expect(errors).toBeUndefined();
    expect([valid, api.openapi]).toEqual([true, '3.1.0']);
  });

  it('has every route, and nothing else', () => {
    const shown = routes.filter((route) => !isHidden(route)).flatMap(namesOf);
    expect(shown.length).toBeGreaterThan(15);
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...new Set(shown)].sort());
    // Pages and their files; nothing that answers for the fleet may hide.
    const hidden = routes.filter(isHidden).map(({ url }) => url);
    expect(hidden.filter((url) => !['/', '/*', '/wall'].includes(url) && !/^\/docs(\/|$)/.test(url))).toEqual([]);
  });

  it('says of each what it does, takes and gives', () => {
    const faults = operations().flatMap(({ name, operation }) => {
      const { operationId, summary, tags = [], parameters = [], responses } = operation;
      const given = Object.entries(responses).filter(([status]) => /^[23]/.test(status));
      return [
        ...(operationId ? [] : [`${name} has no operationId`]),
        ...(summary ? [] : [`${name} has no summary`]),
        ...(tags.length === 1 && Object.hasOwn(TAGS, tags[0] as string) ? [] : [`${name} needs one tag of tags.ts`]),
        ...parameters
          .filter((one) => !one.description)
          .map((one) => `${name}: ${one.in} ${one.name} has no description`),
        ...(given.some(([status]) => status.startsWith('2')) ? [] : [`${name} says nothing of its answer: response`]),
        ...given
          .filter(([status, { content }]) => status !== '204' && status !== '304' && !content)
          .map(([status]) => `${name}: ${status} has no schema`),
        ...given
          .filter(([, { description }]) => description === 'Default Response')
          .map(([status]) => `${name}: ${status} has no description`),
      ];
    });
    expect(faults).toEqual([]);
  });

  it('names each operation once', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('asks for nothing that has a default', () => {
    const asked = operations().flatMap(({ operation }) => operation.parameters ?? []);
    const needless = asked.filter((one) => one.in === 'query' && one.required);
    expect(needless.map(({ name }) => name)).toEqual([]);
    const { required } = (
      api.paths['/v1/tokens']!.post as never as {
        requestBody: { content: Record<string, { schema: { required: string[] } }> };
      }
    ).requestBody.content['application/json']!.schema;
    expect(required).toEqual(['name']);
  });

  it('says who may', () => {
    const security = (name: string) => operations().find((one) => one.name === name)?.operation.security;
    expect(security('GET /v1/flags')).toEqual([{}, { session: [] }, { token: [] }]);
    expect(security('POST /v1/decisions')).toEqual([{ session: [] }, { token: [] }]);
    expect(security('GET /v1/tokens')).toEqual([{ session: [] }]);
    expect(security('GET /v1/session')).toEqual([]);
  });
});
