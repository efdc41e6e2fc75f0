/**
 * The site's own functions, `headers()` and `fetchToken`, fail in every way that functions can.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { status } from './misbehave.js';

for (const [name, headers] of [
  ['throws', '() => { throw new Error(secret) }'],
  ['rejects', '() => Promise.reject(new Error(secret))'],
  ['answers what cannot be headers', '() => ({ "two words": secret })'],
  ['answers a value that cannot be sent', '() => ({ Authorization: "\\n" + secret + "\\n\\u2028" })'],
] as const) {
  test(`refuses without a request when headers() ${name}`, async ({ page, site, mint, create, watched }) => {
    watched.warns('endpoint-failed');
    await page.addInitScript((token) => Object.assign(window, { secret: token }), await mint());
    await create(`{ tokenEndpoint: '/token', headers: ${headers} }`);
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['endpoint-failed']);
    expect(site.requests()).toHaveLength(0);
  });
}

test('gives up on a headers() that never settles, and sends no request', async ({
  page,
  site,
  create,
  watched,
}) => {
  watched.warns('timeout');
  await create(
    `{ tokenEndpoint: '/token', timeout: 100, headers: () => new Promise((resolve) => (window.go = resolve)) }`,
  );
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['timeout']);
  await page.evaluate(() => Reflect.get(window, 'go')({}));
  await page.evaluate(() => fetch('/after'));
  expect(site.requests()).toHaveLength(0);
});

test('calls headers() once for a request with its retries, and again for the next request', async ({
  page,
  site,
  create,
  watched,
}) => {
  watched.warns('endpoint-failed');
  site.serve('/token', status(503), status(404));
  await create(
    `{ tokenEndpoint: '/token', headers: async () => ({ 'X-Turn': String((window.turn = (window.turn ?? 0) + 1)) }) }`,
  );
  await engage(page);
  await engage(page);
  expect(site.requests().map(({ headers }) => headers['x-turn'])).toEqual(['1', '1', '2']);
});

test('sends the headers that the site returns, including its own Accept', async ({
  page,
  serveTokens,
  site,
  create,
}) => {
  const [token] = await serveTokens('visitor');
  await create(
    `{ tokenEndpoint: new URL('/token', location.href), headers: { 'X-WP-Nonce': 'n', Accept: 'application/jwt' } }`,
  );
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()[0]?.headers).toMatchObject({ 'x-wp-nonce': 'n', accept: 'application/jwt' });
});

const own: [name: string, source: string, code: string][] = [
  ['answers null', 'async () => null', 'signed-out'],
  ['throws', '() => { throw new Error(secret) }', 'endpoint-failed'],
  ['throws no error', '() => { throw secret }', 'endpoint-failed'],
  ['rejects', '() => Promise.reject(new Error(secret))', 'endpoint-failed'],
  ['rejects with nothing', '() => Promise.reject()', 'endpoint-failed'],
  ['never settles', '() => new Promise(() => {})', 'timeout'],
  ['answers undefined', 'async () => undefined', 'not-a-token'],
  ['answers a number', 'async () => 42', 'not-a-token'],
  ['answers an object', 'async () => ({ token: secret })', 'not-a-token'],
  ['answers Bearer and the token', 'async () => "Bearer " + secret', 'not-a-token'],
  [
    'answers with something that looks like a promise and throws',
    '() => ({ then() { throw secret } })',
    'endpoint-failed',
  ],
];

for (const [name, source, code] of own) {
  test(`refuses as ${code} when fetchToken ${name}`, async ({ page, mint, create, watched }) => {
    if (code !== 'signed-out') watched.warns(code);
    await page.addInitScript((token) => Object.assign(window, { secret: token, asked: 0 }), await mint());
    await create(`{ timeout: 300, fetchToken: (signal) => { asked++; return (${source})(signal) } }`);
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual([code]);
    expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(1);
  });
}

test('hands over what fetchToken returns, and calls it once', async ({ page, mint, create }) => {
  const token = await mint();
  await page.addInitScript((text) => Object.assign(window, { secret: text, asked: 0 }), token);
  await create('{ fetchToken: async () => { asked++; return secret } }');
  expect(await engage(page)).toEqual([token]);
  expect(await engage(page)).toEqual([token]);
  expect(await page.evaluate(() => Reflect.get(window, 'asked'))).toBe(1);
});

for (const [name, end, code] of [
  ['the budget ends', '', 'timeout'],
  ['the visitor is forgotten', 'bridge.forgetToken()', 'visitor-changed'],
  ['the bridge is disposed of', 'bridge.dispose()', 'disposed'],
] as const) {
  test(`aborts the signal of fetchToken when ${name}`, async ({ page, create, watched }) => {
    watched.warns(code);
    await create(
      '{ timeout: 200, fetchToken: (signal) => { window.signal = signal; return new Promise(() => {}) } }',
    );
    const seen = await page.evaluate(`(async () => {
      const answered = recorder.engage();
      const before = signal.aborted;
      ${end};
      return [before, await answered, signal.aborted];
    })()`);
    expect(seen).toEqual([false, refusal, true]);
    expect(await codes(page)).toEqual([code]);
  });
}
