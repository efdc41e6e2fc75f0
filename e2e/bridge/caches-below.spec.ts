/**
 * Caches between the page and the endpoint: preloaded answers, service workers, proxies.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { json, reply } from './misbehave.js';

const endpoint = { tokenEndpoint: '/token' };

const preloads: [name: string, markup: string, headers?: Record<string, string>][] = [
  ['an element', '<link rel=preload as=fetch crossorigin href=/token>'],
  ['an element with credentials', '<link rel=preload as=fetch crossorigin=use-credentials href=/token>'],
  ['a Link header', '', { Link: '</token>; rel=preload; as=fetch; crossorigin' }],
];

for (const [name, markup, headers] of preloads)
  for (const attributes of [{}, { credentials: 'include' }, { httpMethod: 'POST' }])
    test(`asks the endpoint even if ${name} has preloaded its answer, ${JSON.stringify(attributes)}`, async ({
      page,
      serveTokens,
      site,
      open,
    }) => {
      const [, present] = await serveTokens('preloaded', 'present');
      await open(`${markup}${tag({ ...endpoint, ...attributes })}`, headers);
      await expect.poll(() => site.requests().length).toBe(1);
      await page.waitForLoadState('networkidle');
      expect(await engage(page)).toEqual([present]);
      expect(site.requests()).toHaveLength(2);
    });

test('asks an endpoint on another origin even if its answer was preloaded', async ({
  page,
  site,
  mint,
  open,
}) => {
  const tokens = [await mint({ sub: 'preloaded' }), await mint({ sub: 'present' })];
  const cors = { 'Access-Control-Allow-Origin': site.origin, 'Access-Control-Allow-Credentials': 'true' };
  site.serve('/token', ...tokens.map((token) => json({ token }, cors)));
  const address = `${site.sister}/token`;
  await open(`<link rel=preload as=fetch crossorigin=use-credentials href=${address}>
    ${tag({ tokenEndpoint: address, credentials: 'include' })}`);
  await expect.poll(() => site.requests().length).toBe(1);
  await page.waitForLoadState('networkidle');
  expect(await engage(page)).toEqual([tokens[1]]);
});

/** A service worker that answers from its cache by Workbox' strategies, whatever the request's cache mode. */
const worker = (strategy: string) => `
  oninstall = () => skipWaiting();
  onactivate = (event) => event.waitUntil(clients.claim());
  onfetch = (event) => {
    if (!event.request.url.includes('/token')) return;
    event.respondWith((async () => {
      const cache = await caches.open('runtime');
      const cached = await cache.match(event.request);
      const fetched = () => fetch(event.request).then(async (response) => {
        await cache.put(event.request, response.clone());
        return response;
      });
      ${strategy}
    })());
  };`;

const strategies = {
  StaleWhileRevalidate: 'const fresh = fetched(); return cached ?? fresh;',
  CacheFirst: 'return cached ?? fetched();',
};

for (const [name, strategy] of Object.entries(strategies))
  test(`bypasses a service worker with the strategy ${name}`, async ({ page, serveTokens, site, visit }) => {
    site.serve('/sw.js', (response) =>
      response.writeHead(200, { 'Content-Type': 'text/javascript' }).end(worker(strategy)),
    );
    const [former, present] = await serveTokens('former', 'present');
    await visit();
    await page.evaluate(async () => {
      await navigator.serviceWorker.register('/sw.js');
      if (!navigator.serviceWorker.controller)
        await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
      await (await fetch('/token')).text();
    });
    expect(site.requests()).toHaveLength(1);
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await engage(page)).toEqual([present]);
    expect([former, present]).toContain((await engage(page))[0]);
    expect(site.log.at(-1)).toMatch(/^\/token\?_=\d+ /);
  });

test('keeps a parameter _ that the address has, and adds none without a service worker', async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  const [token] = await serveTokens('visitor');
  await visit({ tokenEndpoint: '/token?_=own&a=b#part' });
  expect(await engage(page)).toEqual([token]);
  expect(site.log.at(-1)).toMatch(/^\/token\?_=own&a=b /);
});

test('matches a test’s route for the plain address', async ({ page, visit, mint }) => {
  const token = await mint();
  await page.route('**/token', (route) => route.fulfill({ json: { token } }));
  await visit();
  expect(await engage(page)).toEqual([token]);
});

for (const [name, value] of [
  ['X-Cache', 'HIT'],
  ['X-Cache-Status', 'HIT'],
  ['X-Proxy-Cache', 'HIT'],
  ['CF-Cache-Status', 'HIT'],
  ['Cache-Status', 'edge; hit'],
  ['X-Drupal-Cache', 'HIT'],
  ['X-LiteSpeed-Cache', 'hit'],
  ['X-Magento-Cache-Debug', 'HIT'],
  ['X-Cache', 'Hit from cloudfront'],
] as const)
  test(`refuses the answer of a proxy that says ${name}: ${value}`, async ({
    page,
    site,
    mint,
    visit,
    watched,
  }) => {
    watched.warns('cached-answer');
    site.serve('/token', json({ token: await mint() }, { [name]: value }));
    await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['cached-answer']);
  });

for (const [name, value] of [
  ['X-Cache', 'MISS'],
  ['X-Drupal-Dynamic-Cache', 'HIT'],
  ['X-Query-Cache', 'HIT'],
] as const)
  test(`delivers an answer that says ${name}: ${value}`, async ({ page, site, mint, visit }) => {
    const token = await mint();
    site.serve('/token', json({ token }, { [name]: value }));
    await visit();
    expect(await engage(page)).toEqual([token]);
  });

test('refuses one visitor’s token for another, even after a guest', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('cached-answer');
  const token = await mint();
  site.serve('/token', json({ token }));
  await visit({ visitor: 'alice' });
  const become = (visitor: string) =>
    page.evaluate((id) => document.querySelector('script')?.setAttribute('data-visitor', id), visitor);
  expect(await engage(page)).toEqual([token]);
  await become('');
  expect(await engage(page)).toEqual(refusal);
  await become('bob');
  expect(await engage(page)).toEqual(refusal);
  await become('alice');
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('liveAssistBridge.bridge.forgetToken()');
  expect(await engage(page), 'the same visitor may have the same token').toEqual([token]);
});

test('refuses a token that has expired here, regardless of its Date header', async ({
  page,
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('token-expired');
  await page.clock.install();
  const start = Math.floor(Date.now() / 1000);
  const token = await mint({ iat: start, exp: start + 600 });
  site.serve('/token', json({ token }, { Date: new Date(start * 1000).toUTCString() }));
  await visit();
  expect(await engage(page)).toEqual([token]);
  await page.clock.runFor(700_000);
  expect(await engage(page)).toEqual(refusal);
});

test('sends X-Requested-With to its own origin only, and not over the site’s own', async ({
  page,
  site,
  mint,
  create,
}) => {
  const token = await mint();
  site.serve('/token', json({ token }, { 'Access-Control-Allow-Origin': '*' }));
  for (const [options, expected] of [
    [`{ tokenEndpoint: '/token' }`, 'XMLHttpRequest'],
    [`{ tokenEndpoint: '/token', headers: { 'X-Requested-With': 'app' } }`, 'app'],
    [`{ tokenEndpoint: '${site.sister}/token', credentials: 'omit' }`, undefined],
  ] as const) {
    await create(options);
    expect(await engage(page)).toEqual([token]);
    expect(site.requests().at(-1)?.headers['x-requested-with']).toBe(expected);
  }
});

test('uses the status inside X-Responded-JSON', async ({ page, site, visit }) => {
  site.serve('/token', reply('', { 'X-Responded-JSON': '{"status":401,"headers":{"location":"/login"}}' }));
  await visit();
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
});

test('is silent for a guest of a GraphQL endpoint, and not if its CRM fails', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('endpoint-failed');
  const data = { liveperson: null };
  site.serve(
    '/token',
    json({ data }),
    json({ data, errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] }),
    json({ data, errors: [{ message: 'The CRM timed out' }] }),
  );
  await visit({ tokenField: 'data.liveperson' });
  for (let call = 0; call < 3; call++) expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out', 'signed-out', 'endpoint-failed']);
});

test('names what is around the token', async ({ page, site, mint, create }) => {
  const token = await mint();
  const body = JSON.stringify({ token });
  const cases: [body: string, word: string][] = [
    [`${token}0`, 'signature-length'],
    [`${token}\n0`, 'text-around-token'],
    [`${body}0`, 'text-after-json'],
    [`<br />\n<b>Deprecated</b>: x<br />\n${body}`, 'text-before-json'],
    [`<?xml version="1.0"?><string xmlns="http://tempuri.org/">${token}</string>`, 'xml-answer'],
    [`)]}',\n${body}`, 'xssi-prefix'],
    [`cb(${body})`, 'jsonp'],
    [`[${body}]`, 'list-answer'],
    [JSON.stringify(body), 'json-in-json'],
  ];
  site.serve('/token', ...cases.map(([text]) => reply(text)));
  await create(`{ tokenEndpoint: '/token', onError() {} }`);
  for (const _ of cases) expect(await engage(page)).toEqual(refusal);
  const messages = await page.evaluate(() => window.recorder.events.map(({ message }) => message));
  expect(messages).toEqual(cases.map(([, word]) => expect.stringContaining(`: ${word}. `)));
});

for (const [name, before] of [
  ['two byte order marks', '\uFEFF\uFEFF'],
  ['a no-break space', '\u00A0'],
])
  test(`delivers the token behind ${name}`, async ({ page, site, mint, visit }) => {
    const token = await mint();
    site.serve(
      '/token',
      reply(`${before}${JSON.stringify({ token })}`, { 'Content-Type': 'application/json' }),
    );
    await visit();
    expect(await engage(page)).toEqual([token]);
  });
