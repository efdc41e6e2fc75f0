/** Pages that forbid, withhold or break what others take for granted. */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hang, html, json, reset, status } from './misbehave.js';

const strict =
  "default-src 'none'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

test('works under a strict policy with Trusted Types, and violates nothing', async ({
  page,
  context,
  site,
  mint,
  open,
}) => {
  const token = await mint();
  site.serve('/token', status(503), json({ token }));
  const violations: string[] = [];
  context.on('console', (message) => {
    if (/polic|trusted/i.test(message.text())) violations.push(message.text());
  });
  await open(tag({ tokenEndpoint: '/token', visitor: 'alice' }), { 'Content-Security-Policy': strict });
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('liveAssistBridge.bridge.forgetToken(); liveAssistBridge.bridge.dispose()');
  expect(violations).toEqual([]);
});

test('refuses as network when the policy does not let it connect', async ({ page, site, open, watched }) => {
  watched.warns('network');
  await open(tag({ tokenEndpoint: '/token' }), { 'Content-Security-Policy': "connect-src 'none'" });
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['network']);
  expect(site.requests()).toHaveLength(0);
});

for (const visitor of [undefined, 'alice']) {
  test(`refuses once in a sandboxed iframe${visitor ? ' printed for a visitor' : ''}, and nothing else`, async ({
    page,
    site,
    mint,
    open,
    watched,
  }) => {
    watched.warns('network');
    site.serve('/token', json({ token: await mint() }));
    site.serve('/framed', html(tag({ tokenEndpoint: '/token', ...(visitor ? { visitor } : {}) })));
    await open('<iframe sandbox="allow-scripts" src="/framed"></iframe>');
    const frame = page.frames()[1];
    if (!frame) throw new Error('The page has no frame.');
    expect(await engage(frame)).toEqual(refusal);
    expect(await codes(frame)).toEqual(['network']);
    await frame.evaluate('liveAssistBridge.bridge.forgetToken(); liveAssistBridge.bridge.dispose()');
  });
}

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
  test(`delivers, keeps and forgets where storage ${name}`, async ({ page, site, mint, visit }) => {
    const [former, present] = [await mint({ sub: 'former' }), await mint({ sub: 'present' })];
    site.serve('/token', json({ token: former }), json({ token: present }));
    await page.addInitScript(spoil);
    await visit({ visitor: 'alice' });
    expect(await engage(page)).toEqual([former]);
    expect(await engage(page)).toEqual([former]);
    await page.evaluate('liveAssistBridge.bridge.forgetToken()');
    expect(await engage(page)).toEqual([present]);
  });
}

const withoutAny = () => Reflect.deleteProperty(AbortSignal, 'any');

test('delivers after retries where AbortSignal.any is missing', async ({ page, site, mint, visit }) => {
  const token = await mint();
  site.serve('/token', reset, status(503), json({ token }));
  await page.addInitScript(withoutAny);
  await visit();
  expect(await engage(page)).toEqual([token]);
  expect(site.requests()).toHaveLength(3);
});

test('aborts at the end of the budget where AbortSignal.any is missing', async ({
  page,
  site,
  visit,
  watched,
}) => {
  watched.warns('timeout');
  site.serve('/token', hang);
  await page.addInitScript(withoutAny);
  await visit({ timeout: 300 });
  expect(await engage(page)).toEqual(refusal);
  await expect.poll(() => site.requests()[0]?.isAborted).toBe(true);
});

for (const [name, spoil] of [
  ['is there', () => {}],
  ['is missing', withoutAny],
] as const) {
  test(`sends nothing more once forgotten between two attempts, where AbortSignal.any ${name}`, async ({
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

test('is not misled by what an old library has done to its prototypes', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const token = await mint();
  site.serve('/token', json({ token }));
  await page.addInitScript(() => {
    for (const { prototype } of [Array, String, Function])
      Object.assign(prototype, { toJSON: () => 'old', each() {} });
  });
  await visit();
  expect(await engage(page)).toEqual([token]);
});
