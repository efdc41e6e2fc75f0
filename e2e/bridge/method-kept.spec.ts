/**
 * The method on pages that would lose it, and what the file says if it does not know which tag is meant.
 *
 * @module
 */
import { engage, expect, tag, test } from './field.js';

const methodName = 'auth.getAuthenticationToken';
const endpoint = { tokenEndpoint: '/token', methodName };

for (const [name, markup] of [
  ['a form', '<form id=auth></form>'],
  ['a frame of another origin', '<iframe name=auth src="http://127.0.0.1:1/"></iframe>'],
] as const)
  test(`installs the method below the name of ${name}, and keeps it when that is removed`, async ({
    page,
    serveTokens,
    open,
    watched,
  }) => {
    watched.tolerates(/./);
    const [token] = await serveTokens('visitor');
    await open(`<body>${markup}${tag(endpoint)}`);
    expect(await engage(page, methodName)).toEqual([token]);
    await page.evaluate("document.querySelector('form, iframe').remove()");
    expect(await engage(page, methodName)).toEqual([token]);
  });

test('restores the method when a script has replaced its parent', async ({
  page,
  serveTokens,
  site,
  open,
}) => {
  const [token] = await serveTokens('visitor');
  site.serve('/app.js', (response) =>
    response.writeHead(200, { 'Content-Type': 'text/javascript' }).end('window.auth = { user: 7 }'),
  );
  await open(`${tag(endpoint)}<script>window.auth = { user: 6 }</script>`);
  expect(await engage(page, methodName), 'after load').toEqual([token]);
  await page.addScriptTag({ url: '/app.js' });
  expect(await engage(page, methodName), 'after a later script').toEqual([token]);
  expect(await page.evaluate('auth.user')).toBe(7);
});

test('says why the method is missing if it can no longer be set on the parent', async ({
  page,
  open,
  watched,
}) => {
  watched.warns(/auth\.getAuthenticationToken was removed by another script\. .*cannot be set/);
  await open(`${tag(endpoint)}<script>window.auth = Object.freeze({})</script>`);
  expect(await page.evaluate('typeof auth.getAuthenticationToken')).toBe('undefined');
});

test('installs the method on a page with a frame of another origin of the method’s own name', async ({
  page,
  serveTokens,
  open,
  watched,
}) => {
  watched.tolerates(/./);
  const [token] = await serveTokens('visitor');
  await open(`<body><iframe name=authoriseChatWithCallback src="http://127.0.0.1:1/"></iframe>
    ${tag({ tokenEndpoint: '/token' })}`);
  expect(await engage(page)).toEqual([token]);
});

for (const [what, parent] of [
  ['that throws', '{ get() { throw new Error("theirs") } }'],
  ['that returns another object each time', '{ get: () => ({}) }'],
])
  test(`says why the method is missing below a getter ${what}`, async ({ page, open, watched }) => {
    watched.warns(/auth\.getAuthenticationToken cannot be set\. /);
    await open(`<script>Object.defineProperty(window, 'auth', ${parent})</script>${tag(endpoint)}`);
    expect(await page.evaluate('typeof liveAssistBridge.createBridge')).toBe('function');
  });

test('installs two module tags with two method names', async ({ page, serveTokens, open }) => {
  const [token] = await serveTokens('visitor');
  const modules = ['auth.one', 'auth.two'].map((name) =>
    tag({ tokenEndpoint: '/token', methodName: name }).replace('<script', '<script type=module'),
  );
  await open(modules.join(''));
  for (const name of ['auth.one', 'auth.two']) expect(await engage(page, name)).toEqual([token]);
});

test('warns that there are several tags if a tag was cloned', async ({ open, watched }) => {
  watched.warns(/Several script tags have data-token-endpoint/);
  await open(tag({ tokenEndpoint: '/token' }).replace('<script', '<script type=module').repeat(2));
});

test('does not deny an attribute inside a shadow root', async ({ page, open, watched }) => {
  watched.warns(/outside of shadow roots/);
  await open('<div id=host></div>');
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        const script = document.createElement('script');
        script.dataset.tokenEndpoint = '/token';
        script.src = '/live-assist-bridge.umd.js';
        script.onload = resolve;
        document.getElementById('host')?.attachShadow({ mode: 'open' }).append(script);
      }),
  );
  await expect.poll(() => page.evaluate(() => 'authoriseChatWithCallback' in window)).toBe(false);
});
