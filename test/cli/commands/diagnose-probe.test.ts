import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { proxyFor } from '../../../src/cli/probe/proxy-for.js';
import { token } from '../../diagnosis/diagnose-site.js';
import { findCommand } from '../../support/find-command.js';
import { commandLine, file, folder } from '../command-line.js';

const openssl = findCommand(['openssl'], ['version'], { skipped: 'certificates', needs: 'openssl' });
const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
  }
});

async function listen(server: Server, scheme = 'http'): Promise<string> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
}

const fine = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
const ada = ['--header', `@${file('Cookie: session=ada')}`];
const bob = ['--other-header', `@${file('Cookie: session=bob')}`];
const guid = '0a2504e0-4f89-41d3-9a0c-0305e82c3302';

async function findings(url: string, args: string[] = ada, env: Record<string, string> = {}) {
  const { out, err } = await commandLine(['diagnose', url, '--json', ...args], { env });
  if (err) throw new Error(err);
  const found: { level: string; code: string; message: string }[] = JSON.parse(out);
  return found;
}

/** The findings about the endpoint, without those about the token itself. */
async function codes(listener: RequestListener, args?: string[]) {
  const found = await findings(await listen(createServer(listener)), args);
  return found
    .map(({ level, code }) => `${level} ${code}`)
    .filter((code) => !/valid-until|not-(checked|compared)/.test(code));
}

/** Answers signed-in visitors with the token that `made` makes for their session. */
const endpoint =
  (
    made: (session: string, request: IncomingMessage) => string,
    headers: (request: IncomingMessage) => object = () => ({}),
  ): RequestListener =>
  (request, response) => {
    const session = /session=(\w+)/.exec(request.headers.cookie ?? '')?.[1];
    response.writeHead(session ? 200 : 401, { ...fine, ...headers(request) });
    response.end(session ? JSON.stringify({ token: made(session, request) }) : undefined);
  };

const kept = { ada: token(), bob: token({ sub: guid }) };
const another = () => token({ jti: Math.random() });

describe('diagnose URL', () => {
  it('notes a token that is answered twice', async () => {
    expect(await codes(endpoint(() => kept.ada))).toEqual(['note token-kept']);
    expect(await codes(endpoint(another))).toEqual([]);
  });

  it('does not mistake two tokens minted within one second for a kept token', async () => {
    const now = () => Math.floor(Date.now() / 1000);
    expect(await codes(endpoint(() => token({ iat: now() - 1, exp: now() + 599 })))).toEqual([]);
  });

  it('compares two visitors', async () => {
    const both = [...ada, ...bob];
    expect(
      await codes(
        endpoint((session) => (session === 'ada' ? kept.ada : kept.bob)),
        both,
      ),
    ).toEqual([]);
    expect(
      await codes(
        endpoint(() => kept.ada),
        both,
      ),
    ).toEqual(['error token-of-another']);
    expect(await codes(endpoint(another), both)).toEqual(['warning same-contact']);
    const onlyAda: RequestListener = (request, response) =>
      endpoint(another)(
        /bob/.test(request.headers.cookie ?? '') ? Object.assign(request, { headers: {} }) : request,
        response,
      );
    expect(await codes(onlyAda, both)).toEqual(['warning other-not-asked']);
  });

  it('also asks the bare address, for which a cache may answer', async () => {
    const cache = ({ headers }: IncomingMessage) =>
      headers['x-requested-with'] ? { 'X-Cache': 'BYPASS' } : { 'X-Cache': 'HIT' };
    expect(await codes(endpoint(another, cache))).toEqual(['error cached-answer']);
  });

  it('sends the request of the bridge, and marks one from a page of the same site as such', async () => {
    const seen: IncomingMessage['headers'][] = [];
    const url = await listen(
      createServer((request, response) => {
        seen.push(request.headers);
        endpoint(another)(request, response);
      }),
    );
    await findings(url);
    const accept = 'application/json, text/plain, */*;q=0.1';
    expect(seen[0]).toMatchObject({
      accept,
      'x-requested-with': 'XMLHttpRequest',
      'sec-fetch-site': 'same-origin',
      'sec-fetch-dest': 'empty',
    });
    seen.length = 0;
    await findings(url.replace('127.0.0.1', 'localhost'), [
      ...ada,
      '--origin',
      url.replace('127.0.0.1', 'localhost').replace(/:\d+.*/, ':1'),
    ]);
    expect(seen[0]).toMatchObject({ accept, 'sec-fetch-site': 'same-site' });
    expect(seen[0]).not.toHaveProperty('x-requested-with');
  });

  it('warns about redirects of guests even if a cookie was given', async () => {
    const url = await listen(
      createServer((request, response) => {
        if (request.headers.cookie) endpoint(another)(request, response);
        else response.writeHead(302, { Location: '/login?back=1' }).end();
      }),
    );
    const found = (await findings(url)).find(({ code }) => code === 'guest-redirected');
    expect(found?.message).toMatch(/redirects guests to "\/login"/);
  });

  it('finds a password challenge although guests are refused as they should', async () => {
    const url = await listen(
      createServer((_, response) => response.writeHead(401, { 'WWW-Authenticate': 'Basic' }).end()),
    );
    const found = (await findings(url, [])).map(({ code }) => code);
    expect(found).toEqual(['password-prompt', 'guest-refused']);
  });

  it('names a password challenge that only guests get', async () => {
    expect(
      await codes(
        endpoint(another, ({ headers }) => (headers.cookie ? {} : { 'WWW-Authenticate': 'Basic realm="x"' })),
      ),
    ).toEqual(['error password-prompt']);
  });

  it.each<[name: string, encoding: string | undefined, body: string | Buffer]>([
    ['is not compressed at all', 'gzip', JSON.stringify({ token: kept.ada })],
    ['is compressed another way', 'br', gzipSync(JSON.stringify({ token: kept.ada }))],
    ['is compressed twice', 'gzip', gzipSync(gzipSync(JSON.stringify({ token: kept.ada })))],
    ['is compressed and does not say so', undefined, gzipSync(JSON.stringify({ token: kept.ada }))],
  ])('names a body that %s', async (_, encoding, body) => {
    const url = await listen(
      createServer((_, response) => {
        response.writeHead(200, { ...fine, ...(encoding && { 'Content-Encoding': encoding }) }).end(body);
      }),
    );
    const [first] = await findings(url);
    expect(first?.code).toBe('endpoint-encoding');
  });

  it('mentions the proxy that fetch does not use', async () => {
    const url = 'https://nowhere.invalid/token';
    const [first] = await findings(url, [], { HTTPS_PROXY: 'http://proxy.example:3128' });
    expect(first).toMatchObject({
      code: 'endpoint-behind-proxy',
      message: expect.stringMatching(/HTTPS_PROXY is set here.*`curl -i`/),
    });
    for (const env of [
      {},
      { HTTPS_PROXY: 'http://proxy.example', NO_PROXY: '.invalid' },
      { HTTP_PROXY: 'http://proxy.example' },
    ])
      expect((await findings(url, [], env as Record<string, string>))[0]?.code).toBe('endpoint-unreachable');
  });

  it('reads the variables of proxies as other tools do', () => {
    const [http, https] = [new URL('http://a.example/'), new URL('https://www.a.example/')];
    expect(proxyFor(https, { https_proxy: 'x' })).toBe('https_proxy');
    expect(proxyFor(http, { HTTPS_PROXY: 'x' })).toBeUndefined();
    expect(proxyFor(https, { HTTPS_PROXY: 'x', NODE_USE_ENV_PROXY: '1' })).toBeUndefined();
    for (const list of ['*', 'a.example', 'x, .a.example', '*.a.example', 'a.example:443'])
      expect(proxyFor(https, { HTTPS_PROXY: 'x', NO_PROXY: list })).toBeUndefined();
    expect(proxyFor(https, { HTTPS_PROXY: 'x', NO_PROXY: 'example.com, b.a.example' })).toBe('HTTPS_PROXY');
  });

  it.skipIf(!openssl)('names a certificate that comes without its intermediate one', async () => {
    const directory = folder();
    const at = (name: string) => join(directory, name);
    const run = (...args: string[]) => execFileSync('openssl', args, { cwd: directory, stdio: 'ignore' });
    const request = (name: string, subject: string) =>
      run(
        'req',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/CN=${subject}`,
      );
    writeFileSync(at('ca.ext'), 'basicConstraints=CA:TRUE');
    run(
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'root.key',
      '-out',
      'root.pem',
      '-subj',
      '/CN=root',
      '-days',
      '2',
    );
    request('middle', 'middle');
    run(
      'x509',
      '-req',
      '-in',
      'middle.csr',
      '-CA',
      'root.pem',
      '-CAkey',
      'root.key',
      '-out',
      'middle.pem',
      '-days',
      '2',
      '-extfile',
      'ca.ext',
    );
    request('leaf', 'localhost');
    run(
      'x509',
      '-req',
      '-in',
      'leaf.csr',
      '-CA',
      'middle.pem',
      '-CAkey',
      'middle.key',
      '-out',
      'leaf.pem',
      '-days',
      '2',
    );
    const server = createHttpsServer({
      key: readFileSync(at('leaf.key')),
      cert: readFileSync(at('leaf.pem')),
    });
    const [first] = await findings(await listen(server, 'https'));
    expect(first?.code).toBe('endpoint-certificate-chain');
    expect(first?.message).toMatch(/without the intermediate certificate.*fullchain\.pem/);
  });
});
