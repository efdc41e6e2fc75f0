// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type BridgeError, type BridgeOptions, createBridge } from 'live-assist-bridge';
import { afterAll, beforeAll, expect, test } from 'vitest';

/**
 * The tag's file leaves out what its one call of ky cannot reach, the module has the whole of ky. Both must ask the token
 * endpoint for the same things and make the same of its answers.
 */

type Answer = { status: number; headers?: Record<string, string>; body?: string } | 'reset' | 'cut';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = Math.floor(Date.now() / 1000);
const token = `${base64url({ alg: 'RS256' })}.${base64url({ sub: 'a', iat: seconds, exp: seconds + 7200 })}.c2ln`;
const good: Answer = { status: 200, body: JSON.stringify({ token }) };
const status = (code: number, headers = {}): Answer => ({ status: code, headers, body: '{}' });

const scenarios: Record<string, { answers: Answer[]; options?: Partial<BridgeOptions> }> = {
  'hands over a token': { answers: [good] },
  'sends POST, headers and credentials': {
    answers: [good],
    options: {
      httpMethod: 'POST',
      headers: { 'X-Site': 'a', 'X-None': 'undefined' },
      credentials: 'include',
    },
  },
  'retries 503': { answers: [status(503), good] },
  'retries POST': { answers: [status(500), good], options: { httpMethod: 'POST' } },
  'gives up after two retries': { answers: [status(502), status(500), status(522), good] },
  'retries 408 and 429': { answers: [status(408), status(429), good] },
  'waits for Retry-After': { answers: [status(429, { 'Retry-After': '1' }), good] },
  'does not retry when Retry-After exceeds the budget': {
    answers: [status(503, { 'Retry-After': '30' }), good],
  },
  'ignores RateLimit-Reset': { answers: [status(429, { 'RateLimit-Reset': '3600' }), good] },
  'does not retry 401': { answers: [status(401), good] },
  'does not retry 403': { answers: [status(403), good] },
  'does not retry 404': { answers: [status(404), good] },
  'does not retry 413': { answers: [status(413), good] },
  'does not follow a redirect': { answers: [status(302, { Location: '/elsewhere' }), good] },
  'retries a connection that is reset': { answers: ['reset', good] },
  'retries an answer that is cut off': { answers: ['cut', good] },
  'gives up on a network that stays away': { answers: ['reset', 'reset', 'reset', good] },
  'sees an empty answer': { answers: [{ status: 204 }] },
};

let origin = '';
const seen = new Map<string, string[]>();
const server = createServer((request, response) => {
  const [, run = '', name = ''] = decodeURIComponent(request.url ?? '').split('/');
  const requests = seen.get(run + name) ?? [];
  seen.set(run + name, requests);
  const answer = scenarios[name]?.answers[requests.length] ?? status(599);
  requests.push(described(request));
  if (answer === 'reset') return request.socket.destroy();
  if (answer === 'cut') {
    response.writeHead(200, { 'Content-Length': 1000 }).write('{"token":');
    return setImmediate(() => request.socket.destroy());
  }
  response.writeHead(answer.status, answer.headers).end(answer.body);
});

function described({ method, headers }: IncomingMessage): string {
  const { host: _host, connection: _connection, ...others } = headers;
  return JSON.stringify([method, Object.entries(others).sort()]);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

declare const liveAssistBridge: { createBridge: typeof createBridge };
new Function(readFileSync('dist/live-assist-bridge.umd.js', 'utf8'))();

test.concurrent.each(Object.entries(scenarios))('the tag, like the module, %s', async (name, { options }) => {
  const outcome = async (run: string, create: typeof createBridge) => {
    const bridge = create({
      tokenEndpoint: `${origin}/${run}/${encodeURIComponent(name)}`,
      methodName: `${run}.${name.replace(/\W/g, '_')}`,
      timeout: 6000,
      onError() {},
      ...options,
    } as BridgeOptions);
    const answer = await bridge.getToken().catch(({ code, status }: BridgeError) => ({ code, status }));
    return { answer, requests: seen.get(run + name) };
  };
  const [tag, module] = await Promise.all([
    outcome('tag', liveAssistBridge.createBridge),
    outcome('module', createBridge),
  ]);
  expect(tag).toEqual(module);
  expect(tag.requests?.length).toBeGreaterThan(0);
});
