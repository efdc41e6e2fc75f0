/**
 * What the bridge reports, where, how often, and what it never reports.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { html, json, status } from './misbehave.js';

const messages = (page: Parameters<typeof codes>[0]) =>
  page.evaluate(() => window.recorder.events.map(({ message }) => message));

test('warns once per code and page, and dispatches an event for every failure', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('forbidden', 'endpoint-failed', 'forbidden');
  site.serve('/token', status(403), status(403), status(404), status(404), status(403));
  await visit();
  for (let call = 0; call < 5; call++) expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual([
    'forbidden',
    'forbidden',
    'endpoint-failed',
    'endpoint-failed',
    'forbidden',
  ]);
  await visit();
  await engage(page);
  expect(await codes(page)).toEqual(['forbidden']);
});

test('warns once if two bridges of a page fail with the same code', async ({ page, open, site, watched }) => {
  watched.warns('forbidden');
  site.serve('/token', status(403));
  await open(`${tag()}<script>
    for (const methodName of ['auth.one', 'auth.two'])
      liveAssistBridge.createBridge({ tokenEndpoint: '/token', methodName });
  </script>`);
  expect([await engage(page, 'auth.one'), await engage(page, 'auth.two')]).toEqual([refusal, refusal]);
});

test('is silent about a guest, except for the event', { tag: '@core' }, async ({ page, site, visit }) => {
  site.serve('/token', status(401));
  await visit();
  await engage(page);
  expect(await codes(page)).toEqual(['signed-out']);
});

test('calls onError instead of writing to the console, once for all waiting callers', async ({
  page,
  site,
  create,
}) => {
  site.serve('/token', status(404), status(401));
  await page.addInitScript(() => Object.assign(window, { told: [] }));
  await create(`{ tokenEndpoint: '/token', onError: (error) => told.push(error) }`);
  await page.evaluate(() => Promise.all([window.recorder.engage(), window.recorder.engage()]));
  await engage(page);
  expect(await page.evaluate('told.map(({ code, status }) => [code, status])')).toEqual([
    ['endpoint-failed', 404],
    ['signed-out', 401],
  ]);
  expect(await codes(page)).toEqual(['endpoint-failed', 'signed-out']);
});

test('errors contain no request, response or body', async ({ page, site, mint, create }) => {
  site.serve('/token', json({ error: 'forbidden', session: await mint() }, {}, 403));
  await create(`{ tokenEndpoint: '/token', onError(error) { window.told = error } }`);
  await engage(page);
  const held = await page.evaluate(
    `Object.getOwnPropertyNames(told).filter((name) => name !== 'stack').sort()`,
  );
  expect(held).toEqual(['code', 'message', 'name', 'status']);
  expect(await page.evaluate('[told.cause, told.name, told instanceof Error]')).toEqual([
    undefined,
    'BridgeError',
    true,
  ]);
  expect(
    await page.evaluate(() => window.recorder.events.map((detail) => Object.keys(detail).sort())),
  ).toEqual([['code', 'message']]);
});

const secret = 's3cr3t';
for (const [name, behaviour, code] of [
  ['a page', html(`<h1>${secret}</h1>`), 'not-a-token'],
  ['text', html(secret), 'not-a-token'],
  ['JSON', json({ session: secret, [`key-${secret}-of-some-length-beyond-all-names`]: 1 }), 'not-a-token'],
  ['a token field', json({ token: { session: secret } }), 'not-a-token'],
  ['Bearer', json({ token: `Bearer ${secret}` }), 'not-a-token'],
  ['an error', json({ error: secret }, {}, 403), 'forbidden'],
  ['a redirect', status(302, { Location: `/login?from=${secret}` }), 'redirected'],
  ['a header', status(429, { 'Retry-After': '3600', 'X-Session': secret }), 'rate-limited'],
] as const) {
  test(`does not repeat what the endpoint said in ${name}`, async ({ page, site, visit, watched }) => {
    watched.warns(/^(?!.*s3cr3t).*$/);
    site.serve('/token', behaviour);
    await visit();
    await engage(page);
    expect(await codes(page)).toEqual([code]);
    expect(JSON.stringify(await messages(page))).not.toContain(secret);
  });
}

for (const [name, behaviour] of [
  ['401', status(401)],
  ['403', status(403)],
  ['403 no-contact', json({ error: 'no-contact' }, {}, 403)],
  ['404', status(404)],
  ['429', status(429, { 'Retry-After': '9' })],
  ['a redirect', status(302, { Location: '/' })],
  ['an aged answer', json({ token: 'x' }, { Age: '1' })],
  ['an empty answer', status(204)],
  ['no JWT', json({ token: 'x' })],
] as const) {
  test(`states a fact and a remedy for ${name}`, async ({ page, site, create }) => {
    site.serve('/token', behaviour);
    await create(`{ tokenEndpoint: '/token', onError() {} }`);
    await engage(page);
    expect(await messages(page)).toEqual([expect.stringMatching(/^[A-Z].*\w[.?] [A-Z].*\w.*[.?]$/)]);
  });
}

test('names what to check if a signed-in visitor is refused with 401', async ({ page, site, visit }) => {
  site.serve('/token', status(401));
  await visit();
  await engage(page);
  const [message] = await messages(page);
  for (const word of ['credentials', 'SameSite', 'nonce']) expect(message).toContain(word);
});
