import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createLogger } from '@siaga/runtime';
import Fastify, { type FastifyInstance } from 'fastify';
import { guardChanges } from './guard.js';
import { answerProblems } from './problem.js';

let app: FastifyInstance;
let changes = 0;
beforeAll(async () => {
  app = Fastify();
  answerProblems(app, createLogger('test', 'silent'));
  guardChanges(app);
  app.get('/thing', async () => 'read');
  app.post('/thing', async () => String(++changes));
  await app.ready();
});
afterAll(() => app.close());

const post = (headers: Record<string, string>, payload = '{}') =>
  app.inject({ method: 'POST', url: '/thing', headers: { host: 'siaga.example:3000', ...headers }, payload });
const json = { 'content-type': 'application/json' };

describe('the guard of changes', () => {
  it.each([
    ['a program', json],
    ['a program that names the charset', { 'content-type': 'Application/JSON; charset=utf-8' }],
    ['the console', { ...json, 'sec-fetch-site': 'same-origin', origin: 'http://siaga.example:3000' }],
    ['the console behind a proxy that ends TLS', { ...json, origin: 'https://siaga.example:3000' }],
  ])('lets %s through', async (_who, headers) => {
    const before = changes;
    expect((await post(headers)).statusCode).toBe(200);
    expect(changes).toBe(before + 1);
  });

  it.each([
    ['another site', { ...json, 'sec-fetch-site': 'cross-site' }, 403],
    ['a sibling of the same site', { ...json, 'sec-fetch-site': 'same-site' }, 403],
    ['a typed address or a form without an origin', { ...json, 'sec-fetch-site': 'none' }, 403],
    ['an older browser on another site', { ...json, origin: 'https://evil.example' }, 403],
    ['an older browser on another port', { ...json, origin: 'http://siaga.example:8080' }, 403],
    ['a sandboxed frame', { ...json, origin: 'null' }, 403],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['a form that looks like text', { 'content-type': 'text/plain' }, 415],
    ['a request that does not say what it sends', {}, 415],
  ])('refuses %s, and nothing changes', async (_who, headers, status) => {
    const before = changes;
    const answer = await post(headers as Record<string, string>);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json');
    expect(changes).toBe(before);
  });

  it('leaves reading to everybody', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' };
    expect((await app.inject({ url: '/thing', headers })).statusCode).toBe(200);
  });
});
