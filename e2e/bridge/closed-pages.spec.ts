/**
 * Pages with restrictions: a strict policy, a sandbox.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { html, json, status } from './misbehave.js';

// Images are allowed only for the icon, which browsers request by themselves.
const strict =
  "default-src 'none'; img-src 'self'; script-src 'self'; connect-src 'self'; require-trusted-types-for 'script'";

test('works under a strict policy with Trusted Types, without violations', { tag: '@core' }, async ({
  page,
  site,
  mint,
  open,
}) => {
  const token = await mint();
  site.serve('/token', status(503), json({ token }));
  await open(tag({ tokenEndpoint: '/token', visitor: 'alice' }), { 'Content-Security-Policy': strict });
  expect(await engage(page)).toEqual([token]);
  await page.evaluate('liveAssistBridge.bridge.forgetToken(); liveAssistBridge.bridge.dispose()');
  expect(await page.evaluate(() => window.recorder.violations)).toEqual([]);
});

test('refuses as network if the policy does not allow the connection', async ({
  page,
  site,
  open,
  watched,
}) => {
  watched.warns('network');
  await open(tag({ tokenEndpoint: '/token' }), { 'Content-Security-Policy': "connect-src 'none'" });
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['network']);
  expect(site.requests()).toHaveLength(0);
  expect(new Set(await page.evaluate(() => window.recorder.violations))).toEqual(new Set(['connect-src']));
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
