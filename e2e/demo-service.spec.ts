/** Live Assist's service lets in only what its configuration says, and hands nothing to other origins. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { test as base, expect } from './demo-test.js';

const sub = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';
const now = Math.floor(Date.now() / 1000);
const good = {
  sub,
  given_name: 'Maya',
  family_name: 'Okafor',
  iss: 'www.larkfield.example',
  iat: now,
  exp: now + 7200,
};

interface Fixtures {
  sign: (claims: object, alg?: string) => Promise<string>;
  /** Answers the chat's id, or null for the survey. */
  engage: (answer: object) => Promise<string | null>;
}

const test = base.extend<Fixtures>({
  async sign({ demo: _, dataDir }, use) {
    const key = createPrivateKey(readFileSync(join(dataDir, 'private_key.pem')));
    await use((claims, alg = 'RS256') =>
      new SignJWT(claims as JWTPayload).setProtectedHeader({ alg }).sign(key),
    );
  },
  async engage({ demo, request }, use) {
    const service = new URL('/visitor/engagements', demo.desk).href;
    await use(async (answer) => {
      const { id } = await (await request.post(service, { data: {} })).json();
      const response = await request.post(`${service}/${id}/answer`, {
        data: { milliseconds: 1, ...answer },
      });
      return (await response.json()).chat;
    });
  },
});

test('lets in who has a good token', async ({ sign, engage }) => {
  expect(await engage({ outcome: 'authenticated', token: await sign(good) })).toMatch(/^[\da-f-]{36}$/);
});

for (const [what, claims, alg] of [
  ['another issuer', { ...good, iss: 'https://www.larkfield.example' }],
  ['an expired token', { ...good, iat: now - 7300, exp: now - 100 }],
  ['times in milliseconds', { ...good, iat: now * 1000, exp: (now + 7200) * 1000 }],
  ['times as strings', { ...good, iat: String(now), exp: String(now + 7200) }],
  ['a token without exp', { ...good, exp: undefined }],
  ['a token without sub', { ...good, sub: undefined }],
  ['another algorithm', good, 'PS256'],
] as const)
  test(`refuses ${what}`, async ({ sign, engage }) => {
    expect(await engage({ outcome: 'authenticated', token: await sign(claims, alg) })).toBeNull();
  });

test('refuses what is no token, is not signed, or was signed with the public key as a password', async ({
  engage,
  dataDir,
}) => {
  const secret = readFileSync(join(dataDir, 'public_key.pem'));
  const hmac = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  for (const token of ['', 'x', 'a.b.c', 5, null, new UnsecuredJWT(good).encode(), hmac])
    expect(await engage({ outcome: 'authenticated', token })).toBeNull();
});

test('shows no page of another origin what agents see, and takes nothing from it', async ({
  demo,
  request,
}) => {
  const elsewhere = { Origin: 'https://elsewhere.example' };
  const service = new URL('/visitor/engagements', demo.desk).href;
  const events = await fetch(`${demo.desk}/events`, { headers: elsewhere });
  expect(events.status).toBe(200);
  expect(events.headers.get('Access-Control-Allow-Origin')).toBeNull();
  await events.body?.cancel();
  const posted = await request.post(`${demo.desk}/chats/x/accept`, { headers: elsewhere });
  expect(posted.status()).toBe(403);
  const asked = await request.post(service, {
    headers: { ...elsewhere, 'Content-Type': 'text/plain' },
    data: '{}',
  });
  expect(asked.status()).toBe(403);
  const preflight = await request.fetch(service, {
    method: 'OPTIONS',
    headers: { ...elsewhere, 'Access-Control-Request-Method': 'POST' },
  });
  expect(preflight.headers()['access-control-allow-origin']).toBeUndefined();
});

test('the site signs nobody in or out for a page of another origin', async ({ demo, request }) => {
  const headers = { Origin: 'https://elsewhere.example' };
  const form = { email: 'maya@example.com', password: 'willow-14' };
  for (const path of ['/sign-in', '/sign-out'])
    expect((await request.post(demo.site + path, { headers, form })).status()).toBe(403);
});

test('the session cookie is out of reach for scripts and other sites, and worthless after the sign-out', async ({
  demo,
  request,
}) => {
  const form = { email: 'maya@example.com', password: 'willow-14' };
  const headers = { Origin: demo.site };
  const signedIn = await request.post(`${demo.site}/sign-in`, { headers, form, maxRedirects: 0 });
  const cookie = signedIn.headers()['set-cookie'] ?? '';
  expect(cookie).toMatch(/; HttpOnly/);
  expect(cookie).toMatch(/; SameSite=Lax/);
  const Cookie = cookie.split(';')[0] ?? '';
  const ask = () => fetch(`${demo.site}/live-assist/token`, { headers: { Cookie } });
  expect((await ask()).status).toBe(200);
  const forged = `${Cookie.slice(0, -6)}AAAAAA`;
  expect((await fetch(`${demo.site}/live-assist/token`, { headers: { Cookie: forged } })).status).toBe(401);
  await request.post(`${demo.site}/sign-out`, { headers });
  expect((await ask()).status).toBe(401);
});

test('an actor answers at its own address only', async ({ demo }) => {
  const { port } = new URL(demo.site);
  const response = await fetch(`http://127.0.0.1:${port}/live-assist/token`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('Location')).toBe(`${demo.site}/live-assist/token`);
});
