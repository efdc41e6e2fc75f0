import { createServer, type RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { afterAll, describe, expect, it } from 'vitest';
import { selfTest } from '../runtimes/self-test.js';
import { listen as open } from '../support/listen.js';
import { createSite } from '../support/site.js';
import { tokenEndpointSuite } from './token-endpoint-suite.js';

const { token, publicKey, answers } = await createSite();
const path = '/live-assist/token';
const closing: (() => unknown)[] = [];

const listen = async (listener: RequestListener): Promise<string> => {
  const { url, stop } = await open(createServer(listener));
  closing.push(stop);
  return url + path;
};

const mounts: Record<string, () => Promise<string>> = {
  'plain Node': () => listen(getRequestListener(token)),

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
    await check({ url, publicKey, answers: async () => answers });
  });
});

describe('this runtime', () => {
  it('passes every check of the self-test', async () => {
    expect(await selfTest()).toEqual([]);
  });
});
