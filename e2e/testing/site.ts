/**
 * A small site with the bridge on it, and pages whose own method misbehaves, for the tests of the test kit.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { createMinter, generateKeys } from 'live-assist-bridge/server';

const tagFile = createRequire(import.meta.url).resolve('live-assist-bridge/live-assist-bridge.umd.js');

const policy =
  "default-src 'none'; script-src 'self'; connect-src 'self'; worker-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

export const ada = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

/** Answers in place of the token endpoint, on pages that registered it. */
const serviceWorker = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  if (new URL(event.request.url).pathname !== '/token') return;
  event.respondWith(new Response('{}', { status: 401 }));
});`;

export interface Site {
  url: string;
  publicKey: string;
  issuer: string;
  /** A token of seven seconds for Ada, as the specification's sample makes it. */
  mintSample(): Promise<string>;
  /** A page on which `script` runs instead of the bridge, without a policy. */
  own(script: string): string;
  /** A page of that HTML, and with those headers. `src="/bridge.js"` is the bridge. */
  html(text: string, headers?: Record<string, string>): string;
  close(): void;
}

/** Starts the site on a free port. Its token endpoint `/token` knows the visitor by the cookie `visitor`. */
export async function startSite(): Promise<Site> {
  const issuer = 'www.example.com';
  const [keys, tag] = await Promise.all([generateKeys(), readFile(tagFile)]);
  const mint = await createMinter({ privateKey: keys.privateKey, issuer });
  const mintShort = await createMinter({
    privateKey: keys.privateKey,
    issuer,
    lifetime: 7,
    allowShortLifetime: true,
  });
  const scripts: string[] = [];
  const pages: { text: string; headers: Record<string, string> }[] = [];

  const answer = async ({ url = '', headers }: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const send = (status: number, type: string, body: string | Buffer) =>
      response
        .writeHead(status, {
          'content-type': type,
          'cache-control': 'no-store',
          ...(pathname === '/' && { 'content-security-policy': policy }),
        })
        .end(body);
    const script = (body: string | Buffer) => send(200, 'text/javascript', body);
    switch (pathname) {
      case '/bridge.js':
        return script(tag);
      case '/worker.js':
        return script(serviceWorker);
      case '/own.js':
        return script(scripts[Number(searchParams.get('script'))] ?? '');
      case '/token': {
        const id = /visitor=([\da-f-]+)/.exec(headers.cookie ?? '')?.[1];
        if (!id) return send(401, 'application/json', '{"error":"signed-out"}');
        const token = await mint({ id, givenName: 'Ada', familyName: 'Lovelace' });
        return send(200, 'application/json', JSON.stringify({ token }));
      }
      case '/tokens': {
        const [access, token] = [await mint({ id: ada }), await mint({ id: ada, givenName: 'Ada' })];
        return send(200, 'application/json', JSON.stringify({ access, token }));
      }
      case '/moved':
        return response.writeHead(302, { location: '/token' }).end();
      case '/html': {
        const { text = '', headers = {} } = pages[Number(searchParams.get('page'))] ?? {};
        return response.writeHead(200, { 'content-type': 'text/html', ...headers }).end(text);
      }
      case '/slow': {
        await new Promise((resolve) => setTimeout(resolve, Number(searchParams.get('ms'))));
        return send(200, 'application/json', '{}');
      }
      case '/missing.js':
        return send(404, 'text/plain', 'Not found');
      case '/own':
        return send(
          200,
          'text/html',
          `<!doctype html><script src="/own.js${new URL(url, 'http://a').search}"></script>`,
        );
      default:
        return send(
          200,
          'text/html',
          '<!doctype html><html lang="en"><title>Site</title><h1>Site</h1><script src="/bridge.js" data-token-endpoint="/token"></script></html>',
        );
    }
  };

  const server = createServer((request, response) => void answer(request, response)).listen(0);
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    url,
    publicKey: keys.publicKey,
    issuer,
    mintSample: () => mintShort({ id: ada, givenName: 'Ada', familyName: 'Lovelace' }),
    html: (text, headers = {}) => `${url}/html?page=${pages.push({ text, headers }) - 1}`,
    own: (script) => `${url}/own?script=${scripts.push(script) - 1}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
