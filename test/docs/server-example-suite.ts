/**
 * What the documented token endpoints must do in every framework.
 *
 * @module
 */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startDataverse } from '../server/dataverse/dataverse-server.js';

export const id = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';
const names = { firstname: 'Maya', lastname: 'Okafor' };
export const { privateKey, publicKey } = await generateKeys();
const dataverse = await startDataverse([
  { contactid: id, ...names, emailaddress1: 'maya@example.com', statecode: 0 },
]);

beforeAll(() => {
  // The examples print their address.
  vi.spyOn(console, 'log').mockReturnValue();
  vi.stubEnv('DYNAMICS_URL', dataverse.url);
  vi.stubEnv('LIVE_ASSIST_PRIVATE_KEY', privateKey);
  vi.stubEnv('PORT', '0');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await dataverse.stop();
});

export type Ask = (path: string, init: RequestInit) => Promise<Response>;

/** Serves on a free port for one request. */
export const overHttp =
  (served: RequestListener | Server): Ask =>
  async (path, init) => {
    const server = typeof served === 'function' ? createServer(served) : served;
    // The example with Node's own http listens by itself.
    if (!server.listening) await once(server.listen(0, '127.0.0.1'), 'listening');
    const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
    const body = await response.text();
    server.close();
    return new Response(body, response);
  };
export const directly = (handler: (request: Request) => Response | Promise<Response>): Ask => {
  return async (path, init) => handler(new Request(`https://www.example.com${path}`, init));
};

/** Tests each of the documented token endpoints. */
export function testServerExamples(mounts: Record<string, () => Promise<Ask>>): void {
  describe.each(Object.entries(mounts))('the documented token endpoint in %s', (name, mount) => {
    it('answers the visitor who is signed in with a token that Live Assist accepts', async () => {
      const ask = await mount();
      const response = await ask('/live-assist/token', { headers: { Cookie: 'visitor=maya@example.com' } });
      expect(response.status).toBe(200);
      const { token } = (await response.json()) as { token: string };
      const findings = await diagnose(token, {
        publicKey: await publicKeyValue(publicKey),
        issuer: 'www.example.com',
      });
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
      expect(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sub).toBe(id);
    });

    it.each([
      ...['/live-assist/token/a.css', '/live-assist/token.css', '/a.css'],
      // Hono and Fastify decode the first, and Next with a middleware routes the last to the endpoint.
      ...['/live-assist/%74oken', '/static/..%2flive-assist/token', '/_next/data/b/live-assist/token.json'],
      // Next decides by the file's place.
      ...(name === 'next' ? [] : ['/']),
    ])('gives no token at %s', async (path) => {
      const ask = await mount();
      const response = await ask(path, { headers: { Cookie: 'visitor=maya@example.com' } });
      expect(response.status).toBe(404);
      expect(await response.text()).not.toContain('eyJ');
    });

    it.each([
      ['', 401, 'signed-out'],
      ['visitor=nobody@example.com', 403, 'no-contact'],
    ])('answers the cookie %j with %i', async (cookie, status, error) => {
      const ask = await mount();
      const response = await ask('/live-assist/token', { headers: cookie ? { Cookie: cookie } : {} });
      expect([response.status, await response.json()]).toEqual([status, { error }]);
    });
  });
}
