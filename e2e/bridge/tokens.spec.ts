/**
 * What counts as a token, and which tokens live long enough to be kept.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import type { Mint } from './mint.js';
import { json, reply, status } from './misbehave.js';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const hour = 3600;

const refused: [
  name: string,
  make: (mint: Mint) => string | Promise<string>,
  code: string,
  sentence?: RegExp,
][] = [
  [
    'alg none',
    async (mint) => `${base64url({ alg: 'none' })}.${(await mint()).split('.')[1]}.`,
    'not-a-token',
  ],
  [
    'alg none with a signature',
    async (mint) => [base64url({ alg: 'none' }), ...(await mint()).split('.').slice(1)].join('.'),
    'not-a-token',
    /RS256/,
  ],
  [
    'HS256',
    ({ sign, now }) =>
      sign({ sub: 'x', iat: now(), exp: now() + hour }, { alg: 'HS256' }, new Uint8Array(32).fill(7)),
    'not-a-token',
    /RS256/,
  ],
  ['two parts', async (mint) => (await mint()).split('.').slice(0, 2).join('.'), 'not-a-token'],
  ['four parts', async (mint) => `${await mint()}.more`, 'not-a-token'],
  ['no signature', async (mint) => (await mint()).replace(/[^.]+$/, ''), 'not-a-token'],
  ['bad base64url', async (mint) => (await mint()).replace('.', '.*'), 'not-a-token'],
  [
    'base64url of an impossible length',
    async (mint) => (await mint()).replace(/\.[^.]+\./, '.abcde.'),
    'not-a-token',
  ],
  ['white space within', async (mint) => (await mint()).replace('.', '. '), 'not-a-token'],
  ['a payload that is a list', ({ sign }) => sign([1, 2]), 'not-a-token'],
  ['a payload that is null', ({ sign }) => sign(null), 'not-a-token'],
  ['a payload that is text', ({ sign }) => sign('sub'), 'not-a-token'],
  ['iat in milliseconds', (mint) => mint({ iat: Date.now() }), 'wrong-claims', /iat.*millisecond/],
  [
    'exp in milliseconds',
    (mint) => mint({ exp: Date.now() + hour * 1000 }),
    'wrong-claims',
    /exp.*millisecond/,
  ],
  ['iat as a string', (mint) => mint({ iat: String(mint.now()) }), 'wrong-claims', /iat.*(number|quotes)/],
  [
    'exp as a string',
    (mint) => mint({ exp: String(mint.now() + hour) }),
    'wrong-claims',
    /exp.*(number|quotes)/,
  ],
  ['no iat', (mint) => mint({ iat: undefined }), 'wrong-claims', /iat.*missing/],
  ['no exp', (mint) => mint({ exp: undefined }), 'wrong-claims', /exp.*missing/],
  ['an iat of null', (mint) => mint({ iat: null }), 'wrong-claims', /iat/],
  ['no sub', (mint) => mint({ sub: undefined }), 'wrong-claims', /sub/],
  ['an empty sub', (mint) => mint({ sub: '' }), 'wrong-claims', /sub/],
  ['a sub that is a number', (mint) => mint({ sub: 4711 }), 'wrong-claims', /sub/],
  [
    'an end in the past',
    (mint) => mint({ iat: mint.now() - 2 * hour, exp: mint.now() - hour }),
    'token-expired',
  ],
  [
    'an end before its beginning',
    (mint) => mint({ iat: mint.now() + hour, exp: mint.now() + 60 }),
    'token-expired',
  ],
];

for (const [name, make, code, sentence] of refused) {
  test(`refuses a token with ${name} as ${code}`, async ({ site, mint, visit, watched }) => {
    watched.warns(sentence ?? code);
    site.serve('/token', json({ token: await make(mint) }));
    const page = await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual([code]);
    expect(site.requests()).toHaveLength(1);
  });
}

const accepted: [name: string, claims: (now: number) => Record<string, unknown>][] = [
  ['fractions of seconds', (now) => ({ iat: now - 0.25, exp: now + hour + 0.75 })],
  ['names beyond ASCII', () => ({ given_name: 'Žofie 李', family_name: 'Ó’Ñandú 🦆' })],
  ['20 kB of claims', () => ({ lp_sdes: 'é'.repeat(10_000) })],
  ['an end in a hundred years', (now) => ({ exp: now + 100 * 365 * 24 * hour })],
  ['claims that nobody asked for', () => ({ aud: ['x'], nbf: 'whenever', jti: null, kid: {} })],
];

for (const [name, claims] of accepted) {
  test(`hands over and keeps a token with ${name}`, async ({ site, mint, visit }) => {
    const token = await mint(claims(mint.now()));
    site.serve('/token', reply(token));
    const page = await visit();
    expect(await engage(page)).toEqual([token]);
    expect(await engage(page)).toEqual([token]);
    expect(site.requests()).toHaveLength(1);
  });
}

test('reuses a token of seven seconds in its first half, and asks once in its second half', {
  tag: '@core',
}, async ({ page, site, mint, visit }) => {
  await page.clock.install();
  await visit();
  await page.clock.pauseAt(Date.now() + 60_000);
  // Minted last, because the server's clock runs while the page loads.
  const [second, first] = [await mint({ sub: 'second' }), await mint({ exp: mint.now() + 7 })];
  site.serve('/token', json({ token: first }), json({ token: second }));
  expect(await engage(page)).toEqual([first]);
  await page.clock.fastForward(1000);
  expect(await engage(page)).toEqual([first]);
  expect(site.requests()).toHaveLength(1);
  await page.clock.fastForward(3000);
  expect(await engage(page)).toEqual([second]);
  expect(site.requests()).toHaveLength(2);
});

test('does not ask in a loop for tokens of seven seconds', async ({ page, site, mint, visit }) => {
  await page.clock.install();
  const token = await mint({ exp: mint.now() + 7 });
  site.serve('/token', json({ token }));
  await visit();
  await engage(page);
  await page.clock.runFor(60_000);
  expect(site.requests()).toHaveLength(1);
});

test('does not count earlier retries toward the age of a token of seven seconds', async ({
  site,
  mint,
  visit,
}) => {
  const token = await mint({ iat: mint.now() + 4, exp: mint.now() + 11 });
  site.serve('/token', status(503, { 'Retry-After': '4' }), json({ token }), status(401));
  const page = await visit();
  expect(await engage(page)).toEqual([token]);
  expect(await engage(page)).toEqual([token]);
});
