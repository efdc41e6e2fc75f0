import { request } from 'node:http';
import { generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTry, type Trial } from '../../src/live-assist/try/start-try.js';

const configuration = { publicKey: 'the first key', issuer: '', methodName: 'getToken' };

describe('the stand-in of `try`', () => {
  let trial: Trial;
  let origin: string;
  beforeEach(async () => {
    trial = await startTry({ configuration, port: 0, sites: [], files: async () => undefined });
    origin = new URL(trial.addresses.desk).origin;
  });
  afterEach(() => trial.close());

  const ask = (address: string, init: RequestInit = {}) =>
    fetch(address.startsWith('http') ? address : `${origin}${address}`, { redirect: 'manual', ...init });
  const visit = async (address = trial.addresses.steps) => {
    const answer = await ask(address);
    return { answer, cookie: answer.headers.get('set-cookie') ?? '' };
  };

  it.each([
    ...['/', '/try', '/try/events', '/try/try.js', '/desk', '/desk/', '/desk/events', '/configuration'],
    ...['/configuration?saved', '/records/5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01', '/look/look.css'],
    ...['/nothing', '//desk', '/api', '/visitor'],
    ...['/desk?key=', '/desk?key=wrong', '/desk?key=wrong&key=wrong'],
  ])('answers %s without the key with one sentence, which names no key', async (path) => {
    for (const headers of [{}, { cookie: 'live_assist_try=wrong' }, { origin }]) {
      const answer = await ask(path, { headers });
      expect(answer.status).toBe(403);
      const text = await answer.text();
      expect(text.trim()).toBe(
        'Open the address that was printed in the terminal: it contains the key to this page.',
      );
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
  });

  it.each(['/engagement/../desk', '/engagement/%2e%2e/desk', '/visitor/..%2fdesk', '/engagement//desk'])(
    'does not show the desk at %s',
    async (path) => {
      const { port } = new URL(origin);
      const status = await new Promise((resolve, reject) => {
        const asked = request({ host: '127.0.0.1', port, path, agent: false }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        asked.on('error', reject).end();
      });
      expect([403, 404]).toContain(status);
    },
  );

  it.each(['/configuration', '/desk/chats/1/accept', '/desk/chats/1/messages', '/desk/chats/1/end'])(
    'changes nothing at %s without the key, whatever Origin a local process sends',
    async (path) => {
      const key = new URL(trial.addresses.desk).searchParams.get('key');
      const body = new URLSearchParams({ publicKey: await otherKey(), issuer: 'a.example', methodName: 'm' });
      for (const address of [path, `${path}?key=${key}`])
        expect((await ask(address, { method: 'POST', headers: { origin }, body })).status).toBe(403);
      const { cookie } = await visit();
      const page = await ask('/configuration', { headers: { cookie } });
      expect(await page.text()).toContain('the first key');
      const saved = await ask('/configuration', { method: 'POST', headers: { origin, cookie }, body });
      expect(saved.status).toBe(303);
    },
  );

  it.each(['steps', 'desk', 'configuration'] as const)(
    'moves the key in the address of %s to a cookie that no script reads and no other site sends',
    async (page) => {
      const { answer, cookie } = await visit(trial.addresses[page]);
      expect(answer.status).toBe(302);
      expect(answer.headers.get('location')).not.toContain('key');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(cookie).toMatch(/; HttpOnly/);
      expect(cookie).toMatch(/; SameSite=Strict/);
      expect(cookie).not.toMatch(/Domain/i);
      const next = await fetch(answer.headers.get('location') ?? '', { headers: { cookie } });
      expect(next.status).toBe(200);
      expect(next.headers.get('referrer-policy')).toBe('no-referrer');
    },
  );

  it('keeps the rest of an address, and drops the key of an earlier run from it', async () => {
    const { cookie } = await visit();
    const answer = await ask('/configuration?saved=&key=of-an-earlier-run', { headers: { cookie } });
    expect(answer.headers.get('location')).toBe(`${origin}/configuration?saved=`);
    const elsewhere = await ask(`//example.com/?${new URL(trial.addresses.desk).searchParams}`);
    expect(elsewhere.headers.get('location')).toBe(`${origin}//example.com/`);
  });

  it('leads from localhost to the host of the cookie, with the key', async () => {
    const { port, search } = new URL(trial.addresses.desk);
    const answer = await ask(`http://localhost:${port}/desk${search}`);
    expect(answer.headers.get('location')).toBe(trial.addresses.desk);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('has another key in every run', async () => {
    const other = await startTry({ configuration, port: 0, sites: [], files: async () => undefined });
    const { cookie } = await visit();
    const value = /=([^;]+)/.exec(cookie)?.[1] ?? '';
    const { port } = new URL(other.addresses.desk);
    const answer = await ask(`http://127.0.0.1:${port}/desk`, {
      headers: { cookie: `live_assist_try_${port}=${value}` },
    });
    await other.close();
    expect(value).toHaveLength(32);
    expect(answer.status).toBe(403);
  });

  it('serves the engagement to the site’s pages, and the account to commands, without a key', async () => {
    const site = { origin: 'http://localhost:8080', 'content-type': 'application/json' };
    const click = await ask('/visitor/engagements', { method: 'POST', headers: site, body: '{}' });
    expect(click.status).toBe(201);
    const account = await ask('/api/account/10203040/configuration/le-connectors/all-connectors');
    expect(account.status).toBe(200);
  });
});

const otherKey = async () => publicKeyValue((await generateKeys()).publicKey);
