/**
 * Calls before the file has loaded: a stub queues them, and the bridge answers them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { hang, status } from './misbehave.js';

const page = readFileSync(new URL('../../docs/site-owners.md', import.meta.url), 'utf8');

const stubs = {
  'as documented': /example: stub -->\n```html\n<script>\n([\s\S]+?)<\/script>/.exec(page)?.[1] ?? 'missing',
  'of one line':
    'window.authoriseChatWithCallback = function (cb) { (window.authoriseChatWithCallback.q ||= []).push(cb) }',
  'after a minifier':
    'authoriseChatWithCallback=t=>{(authoriseChatWithCallback.q=authoriseChatWithCallback.q||[]).push(t)}',
};

for (const [name, stub] of Object.entries(stubs)) {
  test(`answers the calls that a stub ${name} has queued`, async ({ page, serveTokens, site, open }) => {
    const [token] = await serveTokens('visitor');
    await open(
      `<script>${stub}; var early = [recorder.engage(), recorder.engage()]; authoriseChatWithCallback('no callback')</script>
      ${tag({ tokenEndpoint: '/token' }).replace('<script', '<script defer')}`,
    );
    expect(await page.evaluate('Promise.all(early)')).toEqual([[token], [token]]);
    expect(await engage(page)).toEqual([token]);
    expect(site.requests()).toHaveLength(1);
  });

  test(`refuses the calls that a stub ${name} has queued if nobody is signed in`, async ({
    page,
    site,
    open,
  }) => {
    site.serve('/token', status(401));
    await open(`<script>${stub}; var early = [recorder.engage(), recorder.engage()]</script>
      ${tag({ tokenEndpoint: '/token' })}`);
    expect(await page.evaluate('Promise.all(early)')).toEqual([refusal, refusal]);
    expect(await codes(page)).toEqual(['signed-out']);
    expect(site.requests()).toHaveLength(1);
  });

  test(`makes no request and writes nothing for a stub ${name} with an empty queue`, async ({
    page,
    site,
    open,
  }) => {
    await open(`<script>${stub}</script>${tag({ tokenEndpoint: '/token' })}`);
    expect(
      await page.evaluate('liveAssistBridge.bridge.authoriseChatWithCallback === authoriseChatWithCallback'),
    ).toBe(true);
    expect(site.requests()).toHaveLength(0);
  });

  test(`answers a caller that holds a stub ${name} and calls it later`, async ({
    page,
    serveTokens,
    open,
  }) => {
    const [token] = await serveTokens('visitor');
    await open(
      `<script>${stub}; var held = authoriseChatWithCallback</script>${tag({ tokenEndpoint: '/token' })}`,
    );
    expect(await engage(page, 'held')).toEqual([token]);
  });

  test(`never restores a stub ${name}`, async ({ page, create, open }) => {
    await create(`{ tokenEndpoint: '/token' }`);
    await open(`<script>${stub}</script>${tag({ tokenEndpoint: '/token' })}`);
    await page.evaluate('liveAssistBridge.bridge.dispose()');
    expect(await page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
  });
}

test('adopts a stub under a dotted name', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(
    `<script>
      window.auth = { getToken(cb) { (auth.getToken.q ||= []).push(cb) } };
      var early = recorder.engage('auth.getToken');
    </script>${tag({ tokenEndpoint: '/token', methodName: 'auth.getToken' })}`,
  );
  expect(await page.evaluate('early')).toEqual([token]);
});

test('adopts a stub when the site creates the bridge itself', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  await open(`<script>${stubs['as documented']}; var early = recorder.engage()</script>
    ${tag()}<script>liveAssistBridge.createBridge({ tokenEndpoint: '/token' })</script>`);
  expect(await page.evaluate('early')).toEqual([token]);
});

test('answers every queued call even if one of them throws', async ({ page, serveTokens, open, watched }) => {
  watched.raises(/early bird/);
  const [token] = await serveTokens('visitor');
  await open(`<script>${stubs['as documented']};
      var early = [recorder.engage('authoriseChatWithCallback', () => { throw new Error('early bird') }), recorder.engage()]
    </script>${tag({ tokenEndpoint: '/token' })}`);
  expect(await page.evaluate('Promise.all(early)')).toEqual([[token], [token]]);
});

test('the documented stub answers within 8 seconds of the click, even if the file arrives late', async ({
  page,
  site,
  open,
}) => {
  site.serve('/token', hang);
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
  await open(`<script>${stubs['as documented']}; var early = recorder.engage()</script>`);
  await page.clock.runFor(6_500);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.dataset.tokenEndpoint = '/token';
    script.src = '/live-assist-bridge.umd.js';
    document.head.append(script);
  });
  await expect.poll(() => site.requests()).toHaveLength(1);
  await page.clock.runFor(1_600);
  expect(await page.evaluate('early')).toEqual(refusal);
});

test('the documented stub answers by itself, once, if the file does not arrive', { tag: '@core' }, async ({
  page,
  open,
}) => {
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(60_000);
  await open(`<script>${stubs['as documented']}; var early = [recorder.engage(), recorder.engage()]</script>
    ${tag({ tokenEndpoint: '/token' }, '/gone.js')}`);
  await page.clock.runFor(7_900);
  expect(await page.evaluate(() => window.recorder.calls)).toEqual([[], []]);
  await page.clock.runFor(200);
  expect(await page.evaluate('Promise.all(early)')).toEqual([refusal, refusal]);
  expect(await page.evaluate(() => window.recorder.calls)).toEqual([[refusal], [refusal]]);
});
