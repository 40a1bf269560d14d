import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Received {
  readonly id: string;
  readonly body: Record<string, unknown>;
}

/** A platform that verifies with the reference library, remembers every delivery, and fails when told to. */
export interface Receiver {
  readonly url: string;
  /** What it takes signatures of; another one is taken from then on when it is set. */
  secret: string;
  readonly received: Received[];
  /** Decides what happens to a delivery that verified; `cut` takes it and breaks the connection. */
  behave: (attempt: number) => 'accept' | 'cut' | number;
  close(): Promise<void>;
}

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let attempts = 0;
  const receiver = { secret: newSecret(), behave: (_attempt: number): 'accept' | 'cut' | number => 'accept' };
  const server: Server = createServer(async (request, response) => {
    const id = String(request.headers['webhook-id']);
    if (request.method === 'GET') {
      const asked = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '');
      return response.writeHead(received.some((delivery) => delivery.id === asked) ? 200 : 404).end();
    }
    const body = await textOf(request);
    try {
      new Webhook(receiver.secret).verify(body, request.headers as Record<string, string>);
    } catch {
      return response.writeHead(401).end();
    }
    const what = receiver.behave(++attempts);
    if (typeof what === 'number') return response.writeHead(what).end();
    received.push({ id, body: JSON.parse(body) as Record<string, unknown> });
    if (what === 'cut') return request.socket.destroy();
    return response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/notices`;
  return Object.assign(receiver, {
    url,
    received,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  });
}

export async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
