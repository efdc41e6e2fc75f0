/**
 * Live Assist's service accepts only what its configuration allows, and gives nothing to other origins.
 *
 * @module
 */
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
  /** Returns the chat's id, or null for the survey. */
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

test('admits a visitor with a valid token', async ({ sign, engage }) => {
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

test('refuses a text that is not a token, an unsigned token, and one signed with the public key as a shared secret', async ({
  engage,
  dataDir,
}) => {
  const secret = readFileSync(join(dataDir, 'public_key.pem'));
  const hmac = await new SignJWT(good).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  for (const token of ['', 'x', 'a.b.c', 5, null, new UnsecuredJWT(good).encode(), hmac])
    expect(await engage({ outcome: 'authenticated', token })).toBeNull();
});

test('does not show agents’ data to a page of another origin, and accepts nothing from it', async ({
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

test('the session cookie is inaccessible to scripts and other sites, and useless after the sign-out', async ({
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

test('an actor answers only at its own address', async ({ demo }) => {
  const { port } = new URL(demo.site);
  const response = await fetch(`http://127.0.0.1:${port}/live-assist/token`, { redirect: 'manual' });
  expect(response.status).toBe(302);
  expect(response.headers.get('Location')).toBe(`${demo.site}/live-assist/token`);
});

test('a HEAD request leaves no state behind and opens no stream', async ({ demo, engage, sign }) => {
  const chat = await engage({ outcome: 'authenticated', token: await sign(good) });
  const form = new URLSearchParams({ email: 'maya@example.com', password: 'willow-14' });
  const signedIn = await fetch(`${demo.site}/sign-in`, {
    method: 'POST',
    headers: { Origin: demo.site },
    body: form,
    redirect: 'manual',
  });
  const Cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  const urls = [
    demo.url,
    `${demo.url}/journey`,
    demo.site,
    `${demo.site}/live-assist/token`,
    demo.desk,
    `${demo.desk}/events`,
    new URL(`/visitor/chats/${chat}/events`, demo.desk).href,
    demo.configuration,
    demo.crm,
  ];
  const server = await fetch(`${demo.url}/journey?visitor=${await visitorMark(demo.site, Cookie)}`);
  const reader = server.body?.getReader();
  const before = new TextDecoder().decode((await reader?.read())?.value);
  for (const url of urls) {
    // Would never end if a stream were opened.
    const response = await fetch(url, {
      method: 'HEAD',
      headers: { Cookie },
      signal: AbortSignal.timeout(30_000),
    });
    expect(await response.text(), url).toBe('');
    expect(response.headers.get('cache-control'), url).toContain('no-store');
  }
  await reader?.cancel();
  // A HEAD request to the token endpoint signs nothing, so steps 2 to 4 are not done.
  expect(before).toContain('"step":1');
  const after = await fetch(`${demo.url}/journey?visitor=${await visitorMark(demo.site, Cookie)}`);
  const state = new TextDecoder().decode((await after.body?.getReader().read())?.value);
  expect(state).not.toContain('"step":3');
});

/** The mark that the site prints for the visitor of a session. */
async function visitorMark(site: string, Cookie: string): Promise<string> {
  const page = await (await fetch(site, { headers: { Cookie } })).text();
  return /data-visitor="([^"]+)"/.exec(page)?.[1] ?? '';
}

test('pages and answers with personal data are never stored', async ({ demo, engage, sign }) => {
  const chat = await engage({ outcome: 'authenticated', token: await sign(good) });
  for (const url of [
    demo.site,
    demo.crm,
    `${demo.crm}/main.aspx?etn=contact&id=${sub}`,
    `${demo.desk}/events`,
    new URL(`/visitor/chats/${chat}/events`, demo.desk).href,
    `${demo.url}/journey`,
    `${demo.url}/token?visitor=x`,
    `${demo.site}/live-assist/token`,
  ]) {
    const response = await fetch(url);
    expect(response.headers.get('cache-control'), url).toContain('no-store');
    await response.body?.cancel();
  }
});

test('a visitor’s event stream wakes only for its own chat', async ({ demo, engage, sign, request }) => {
  const token = await sign(good);
  const [mine, other] = [
    await engage({ outcome: 'authenticated', token }),
    await engage({ outcome: 'authenticated', token }),
  ];
  const chats = new URL('/visitor/chats/', demo.desk).href;
  const events = await fetch(`${chats}${mine}/events`);
  const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toContain('"messages":[]');
  for (const text of ['one', 'two', 'three'])
    await request.post(`${chats}${other}/messages`, { data: { text } });
  await request.post(`${chats}${mine}/messages`, { data: { text: 'mine' } });
  // The next state already contains this chat's own message.
  const next = (await reader?.read())?.value;
  expect(next).toContain('"text":"mine"');
  expect(next).not.toContain('three');
  await reader?.cancel();
});

test('a visitor’s token is given only to a client that knows the visitor’s mark', async ({ demo }) => {
  for (const query of ['', '?visitor=', '?visitor=maya@example.com', '?visitor=__proto__'])
    expect((await fetch(`${demo.url}/token${query}`)).status).toBe(404);
  const elsewhere = await fetch(`${demo.url}/break`, {
    method: 'POST',
    headers: { Origin: 'https://elsewhere.example', 'Content-Type': 'text/plain' },
    body: '{"fault":"wrong-key"}',
  });
  expect(elsewhere.status).toBe(403);
  const unknown = await fetch(`${demo.url}/break`, {
    method: 'POST',
    headers: { Origin: demo.url, 'Content-Type': 'application/json' },
    body: '{"fault":"constructor"}',
  });
  expect(unknown.status).toBe(400);
  expect((await unknown.json()).message).toContain('Choose from wrong-key');
});
