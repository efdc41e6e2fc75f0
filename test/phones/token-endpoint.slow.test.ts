/**
 * The demo's token endpoint, called as the site's app calls it.
 *
 * @module
 */
import { importSPKI, jwtVerify } from 'jose';
import { diagnose, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { account } from './account.js';
import { callAsPhone } from './call-as-phone.js';
import { type RunningDemo, runDemo } from './run-demo.js';

const maya = account('Maya');

describe('the demo, called by a phone', () => {
  let demo: RunningDemo;

  beforeAll(async () => {
    demo = await runDemo();
  }, 60_000);

  afterAll(() => demo.stop());

  const signIn = async (account: object) =>
    callAsPhone(`${demo.site}/phone/sign-in`, { method: 'POST', json: account });

  const askWith = (headers: Record<string, string>, method = 'GET') =>
    callAsPhone(`${demo.site}/live-assist/token`, { method, headers });

  const bearer = (key = '') => ({ Authorization: `Bearer ${key}` });

  it('signs the app in with JSON and answers with a key instead of a cookie', async () => {
    const { status, headers, body } = await signIn(maya);
    expect(status).toBe(200);
    expect(Object.keys(body)).toEqual(['session']);
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['a wrong password', { ...maya, password: 'guess' }],
    ['no password', { email: maya.email }],
    ['text in place of an account', 'maya'],
  ])('answers %s with 401 and no key', async (_, account) => {
    const { status, body } = await signIn(account as object);
    expect(status).toBe(401);
    expect(body).toEqual({ error: 'wrong-password' });
  });

  it('answers the key with a token for the contact', async () => {
    const { session } = (await signIn(maya)).body;
    for (const method of ['GET', 'POST']) {
      const { status, headers, body } = await askWith(bearer(session), method);
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      expect(headers.vary).toMatch(/\bauthorization\b/i);
      const { token = '' } = body;
      const { payload } = await jwtVerify(token, await importSPKI(demo.publicKey, 'RS256'));
      expect(payload).toMatchObject({ given_name: 'Maya', family_name: 'Okafor' });
      const publicKey = await publicKeyValue(demo.publicKey);
      const findings = await diagnose(token, { publicKey, issuer: demo.issuer });
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    }
  });

  it('accepts the name of the scheme in upper or lower case', async () => {
    const { session } = (await signIn(maya)).body;
    expect((await askWith({ Authorization: `bearer ${session}` })).status).toBe(200);
  });

  it.each([
    ['no key', {}],
    ['a key that was never given', { Authorization: `Bearer ${'A'.repeat(43)}` }],
    ['an empty key', { Authorization: 'Bearer ' }],
    ['another scheme', { Authorization: 'Basic bWF5YTp3aWxsb3ctMTQ=' }],
  ])('answers 401 to %s', async (_, headers) => {
    expect(await askWith(headers)).toMatchObject({ status: 401, body: { error: 'signed-out' } });
  });

  it('answers 403 to a visitor without a contact', async () => {
    const { session } = (await signIn(account('Tom'))).body;
    expect(await askWith(bearer(session))).toMatchObject({ status: 403, body: { error: 'no-contact' } });
  });

  it('forgets the key when the app signs out', async () => {
    const { session } = (await signIn(maya)).body;
    const signOut = { method: 'POST', headers: bearer(session) };
    expect((await callAsPhone(`${demo.site}/phone/sign-out`, signOut)).status).toBe(204);
    expect((await askWith(bearer(session))).status).toBe(401);
  });

  it('does not accept a cookie in place of a wrong key', async () => {
    const form = { method: 'POST', headers: { Accept: 'application/json', Origin: demo.site } };
    const browser = await fetch(`${demo.site}/sign-in`, { ...form, body: new URLSearchParams(maya) });
    const [cookie = ''] = (browser.headers.getSetCookie().at(-1) ?? '').split(';');
    expect((await askWith({ Cookie: cookie })).status).toBe(200);
    expect((await askWith({ Cookie: cookie, ...bearer('A'.repeat(43)) })).status).toBe(401);
    const [, id = ''] = /=([\da-f-]{36})/.exec(cookie) ?? [];
    expect(id).not.toBe('');
    expect((await askWith(bearer(id))).status).toBe(401);
  });

  it('gives no token to a page of another site, not even with the key', async () => {
    const { session } = (await signIn(maya)).body;
    const page = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' };
    expect(await askWith({ ...bearer(session), ...page })).toMatchObject({
      status: 403,
      body: { error: 'foreign-origin' },
    });
  });

  it('writes neither keys nor tokens to its log', async () => {
    const { session = '' } = (await signIn(maya)).body;
    const { token = '' } = (await askWith(bearer(session))).body;
    expect(demo.log()).not.toContain(session);
    expect(demo.log()).not.toContain(token);
  });
});
