import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import fastify from 'fastify';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { selfTest } from '../runtimes/self-test.js';
import { createSite } from '../support/site.js';
import { tokenEndpointSuite } from './token-endpoint-suite.js';

/** As much of Express as is used here; it brings no types. */
interface Express extends RequestListener {
  all(path: string, listener: RequestListener): void;
  use(middleware: unknown): void;
}
const express: { (): Express; json(): unknown } = createRequire(import.meta.url)('express');

const { token, publicKey } = await createSite();
const path = '/live-assist/token';
const closing: (() => unknown)[] = [];

const address = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;

const listen = async (listener: RequestListener): Promise<string> => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return address(server);
};

const mounts: Record<string, () => Promise<string>> = {
  'plain Node': () => listen(getRequestListener(token)),

  'Express 5': () => {
    const app = express();
    app.all(path, getRequestListener(token));
    return listen(app);
  },

  async 'Fastify 5'() {
    const app = fastify();
    const listener = getRequestListener(token);
    // Bodies stay unread, for whoever answers contact to read.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all(path, (request, reply) => {
      reply.hijack();
      return listener(request.raw, reply.raw);
    });
    await app.listen({ port: 0, host: '127.0.0.1' });
    closing.push(() => app.close());
    return address(app.server);
  },

  Hono: () => {
    const app = new Hono();
    app.all(path, (context) => token(context.req.raw));
    return listen(getRequestListener(app.fetch));
  },

  'a Next-style route': () => {
    type Route = (request: Request, context: { params: Promise<object> }) => Promise<Response>;
    // app/live-assist/token/route.ts: export const GET = token, POST = token, OPTIONS = token;
    const route: Record<string, Route> = { GET: token, POST: token, OPTIONS: token, HEAD: token };
    const next = (request: Request) =>
      route[request.method]?.(request, { params: Promise.resolve({}) }) ??
      new Response(null, { status: 405, headers: { Allow: 'GET, POST, OPTIONS' } });
    return listen(getRequestListener(next));
  },
};

afterAll(() => Promise.all(closing.map((close) => close())));

describe.each(Object.entries(mounts))('the token endpoint in %s', async (_, mount) => {
  const url = await mount();

  it.each(Object.entries(tokenEndpointSuite))('%s', async (_, check) => {
    await check({ url, publicKey });
  });
});

describe('the token endpoint behind a body parser', () => {
  it('answers a POST whose body is read already', async () => {
    const app = express();
    app.use(express.json());
    app.all(path, getRequestListener(token));
    const response = await fetch(await listen(app), {
      method: 'POST',
      headers: { Cookie: 'session=ada', 'Content-Type': 'application/json' },
      body: '{}',
    });
    expect([response.status, Object.keys(await response.json())]).toEqual([200, ['token']]);
  });
});

describe('this runtime', () => {
  it('keeps every promise of the self-test', async () => {
    expect(await selfTest()).toEqual([]);
  });
});
