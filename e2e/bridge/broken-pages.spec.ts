/**
 * Pages where storage, AbortSignal or prototypes do not work as usual.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hang, json, reset, status } from './misbehave.js';

const storages: [name: string, spoil: () => void][] = [
  [
    'throws when it is touched',
    () =>
      Object.defineProperty(window, 'localStorage', {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError');
        },
      }),
  ],
  ['is null', () => Object.defineProperty(window, 'localStorage', { value: null })],
  ['is missing', () => Object.defineProperty(window, 'localStorage', { value: undefined })],
  [
    'is full',
    () =>
      Object.assign(Storage.prototype, {
        setItem() {
          throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
        },
      }),
  ],
];

for (const [name, spoil] of storages) {
  test(`delivers, keeps and forgets a token if storage ${name}`, async ({ page, serveTokens, visit }) => {
    const [former, present] = await serveTokens('former', 'present');
    await page.addInitScript(spoil);
    await visit({ visitor: 'alice' });
    expect(await engage(page)).toEqual([former]);
    expect(await engage(page)).toEqual([former]);
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await engage(page)).toEqual([present]);
  });
}

const withoutAny = () => Reflect.deleteProperty(AbortSignal, 'any');

test('delivers after retries if AbortSignal.any is missing', async ({ page, site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', reset, status(503), json({ token }));
  await page.addInitScript(withoutAny);
  await visit();
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(3);
});

test('aborts at the end of the budget if AbortSignal.any is missing', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('timeout');
  site.serve('/token', hang);
  await page.addInitScript(withoutAny);
  await visit({ timeout: 2000 });
  expect(await engage(page)).toEqual(refusal);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

for (const [name, spoil] of [
  ['is there', () => {}],
  ['is missing', withoutAny],
] as const) {
  test(`sends no retry after forgetToken(), if AbortSignal.any ${name}`, async ({
    page,
    site,
    visit,
    watched,
  }) => {
    watched.warns('visitor-changed');
    site.serve('/token', status(503, { 'Retry-After': '3' }));
    await page.clock.install();
    await page.addInitScript(spoil);
    await visit();
    const answer = engage(page);
    await expect.poll(() => site.requests().length).toBe(1);
    // A later request that is answered: the page has seen the first answer and waits to ask again.
    await page.evaluate(() => fetch('/between').then((response) => response.text()));
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await answer).toEqual(refusal);
    await page.clock.runFor(10_000);
    await page.evaluate(() => fetch('/after'));
    expect(site.requests()).toHaveLength(1);
  });
}

for (const [name, spoil] of Object.entries({
  'has another Request, as of MooTools': () =>
    Object.assign(window, { Request: Object.assign(() => {}, { HTML: 1, JSON: 1 }) }),
  'has a variable of the name URL': () => Object.assign(window, { URL: '/api/' }),
  'has frozen its prototypes': () => {
    for (const { prototype } of [Array, Error, Function, Object, Promise, String]) Object.freeze(prototype);
  },
  'has an option’s name on every object': () =>
    Object.assign(Object.prototype, { headers: 'old', fetchToken: 'old', visitor: () => null, timeout: 1 }),
}))
  test(`delivers, retries and names the cause on a page that ${name}`, async ({
    page,
    site,
    mint,
    visit,
    watched,
  }) => {
    watched.warns('rate-limited');
    const token = await mint();
    site.serve('/token', status(503), json({ token }), status(429, { 'Retry-After': '30' }));
    await page.addInitScript(spoil);
    await visit();
    expect(await engage(page)).toEqual([token]);
    expect(site.requests()).toHaveLength(2);
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['rate-limited']);
    expect(site.requests()).toHaveLength(3);
  });

test('refuses as timeout if the page was too busy to send the request in time', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('timeout');
  await visit({ timeout: 200 });
  const answer = await page.evaluate(() => {
    const answered = window.recorder.engage();
    for (const start = performance.now(); performance.now() - start < 300; );
    return answered;
  });
  expect(answer).toEqual(refusal);
  expect(await codes(page)).toEqual(['timeout']);
  expect(site.requests()).toHaveLength(0);
});

test('is not misled by old libraries that extend or replace methods', async ({
  page,
  open,
  serveTokens,
  watched,
}) => {
  const [token] = await serveTokens('visitor');
  await page.addInitScript(() => {
    for (const { prototype } of [Array, String, Function])
      Object.assign(prototype, { toJSON: () => 'old', each() {} });
    Object.assign(Array.prototype, {
      // As in Prototype 1.6.
      reduce(this: unknown[]) {
        return this.length > 1 ? this : this[0];
      },
      // As in a snippet that was copied to many sites: takes a value or a pattern, and returns positions.
      find(this: unknown[], wanted: unknown) {
        const found = this.flatMap((item, index) =>
          typeof wanted === 'function'
            ? (wanted as unknown as RegExp).test(item as string)
            : item === wanted
              ? index
              : [],
        );
        return found.length > 0 && found;
      },
    });
    // As in wrappers that store values other than text.
    Storage.prototype.getItem = () => 7 as never;
  });
  watched.warns(/twice/);
  await open(tag({ tokenEndpoint: '/token', visitor: 'ada' }).repeat(2));
  expect(await engage(page)).toEqual([token]);
});

test('refuses if a script breaks the iterator of arrays after load', async ({
  page,
  serveTokens,
  open,
  watched,
}) => {
  watched.warns('endpoint-failed');
  await serveTokens('visitor');
  await open(`${tag({ tokenEndpoint: '/token' })}<script>
    const { iterator } = Symbol;
    const original = Array.prototype[iterator];
    Array.prototype[iterator] = () => { throw new TypeError('mine') };
    authoriseChatWithCallback((token, reason) => {
      Array.prototype[iterator] = original;
      document.title = '[' + token + ' ' + reason + ']';
    });
  </script>`);
  await expect(page).toHaveTitle('[null Unable to generate key]');
});

test('warns about no attribute that a script has added to every object', async ({
  page,
  serveTokens,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  await open(`<script>Object.prototype.identities = true</script>${tag({ tokenEndpoint: '/token' })}`);
  expect(await engage(page)).toEqual([token]);
});
