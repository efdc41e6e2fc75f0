import { createServer, type RequestListener } from 'node:http';
import { createRequire } from 'node:module';
import { getRequestListener } from '@hono/node-server';
import fastify from 'fastify';
import { afterAll, describe, expect, it } from 'vitest';
import { tokenEndpointSuite } from '../server/token-endpoint-suite.js';
import { listen as open } from '../support/listen.js';
import { createSite } from '../support/site.js';

/** The part of Express that is used here, because it has no types of its own. */
interface Express extends RequestListener {
  all(path: string, listener: RequestListener): void;
  use(middleware: unknown): void;
}
const express: { (): Express; json(): unknown } = createRequire(import.meta.url)('express');

const { token, publicKey, answers } = await createSite();
const path = '/live-assist/token';
const closing: (() => unknown)[] = [];

const listen = async (listener: RequestListener): Promise<string> => {
  const { url, stop } = await open(createServer(listener));
  closing.push(stop);
  return url + path;
};

const mounts: Record<string, () => Promise<string>> = {
  'Express 5': () => {
    const app = express();
    app.all(path, getRequestListener(token));
    return listen(app);
  },

  async 'Fastify 5'() {
    const app = fastify();
    const listener = getRequestListener(token);
    // The body stays unread, because `contact` may read it.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, done) => done(null));
    app.all(path, (request, reply) => {
      reply.hijack();
      return listener(request.raw, reply.raw);
    });
    closing.push(() => app.close());
    return (await app.listen({ port: 0, host: '127.0.0.1' })) + path;
  },
};

afterAll(() => Promise.all(closing.map((close) => close())));

describe.each(Object.entries(mounts))('the token endpoint in %s', async (_, mount) => {
  const url = await mount();

  it.each(Object.entries(tokenEndpointSuite))('%s', async (_, check) => {
    await check({ url, publicKey, answers: async () => answers });
  });
});

describe('the token endpoint behind a body parser', () => {
  it('answers a POST whose body has already been read', async () => {
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
