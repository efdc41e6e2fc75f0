/**
 * Explains why a method is missing: one broken page for each cause.
 *
 * @module
 */
import { expect, test } from './testing/kit.js';

const page = (rest: string) => `<!doctype html><html lang="en"><title>Broken</title>${rest}</html>`;
const tag = '<script src="/bridge.js" data-token-endpoint="/token"></script>';
const method = 'window.authoriseChatWithCallback = (cb) => cb(null, "no")';

const broken: [
  what: string,
  html: string,
  headers: Record<string, string>,
  cause: string,
  message: RegExp,
][] = [
  [
    'the tag’s file is not there',
    page('<script src="/missing.js" data-token-endpoint="/token"></script>'),
    {},
    'tag-not-loaded',
    /The tag's file \/missing\.js did not load: it was answered with 404\./,
  ],
  [
    'the policy blocks the tag’s file',
    page(tag),
    { 'content-security-policy': "script-src 'nonce-abc'" },
    'tag-not-loaded',
    /\/bridge\.js was blocked by the page's Content-Security-Policy\. Allow it in script-src\./,
  ],
  [
    'the integrity is another file’s',
    page(tag.replace('<script', `<script integrity="sha384-${'A'.repeat(64)}"`)),
    {},
    'tag-not-loaded',
    /\/bridge\.js was refused by the browser, because the file does not match the tag's integrity attribute\./,
  ],
  [
    'the file’s host cannot be reached',
    page('<script src="http://127.0.0.1:9/live-assist-bridge.umd.js" data-token-endpoint="/token"></script>'),
    {},
    'tag-not-loaded',
    /http:\/\/127\.0\.0\.1:9\/live-assist-bridge\.umd\.js did not load\. Is it there/,
  ],
  [
    'the site answers a missing file with its start page',
    page('<script src="/anything" data-token-endpoint="/token"></script>'),
    {},
    'tag-not-loaded',
    /\/anything is an HTML page, not a script\./,
  ],
  [
    'a consent tool holds the tag back',
    page(tag.replace('<script', '<script type="text/plain"')),
    {},
    'tag-not-loaded',
    /The tag has type="text\/plain", so the browser does not run it\. Does a consent tool hold it back\?/,
  ],
  [
    'the attribute is misspelt',
    page(tag.replace('data-token-endpoint', 'data-token-enpoint')),
    {},
    'attribute-missing',
    /The tag has "data-token-enpoint" instead of data-token-endpoint\..*The bridge wrote to the console: "live-assist-bridge: No data-token-endpoint/,
  ],
  [
    'two letters of the attribute are swapped',
    page(tag.replace('data-token-endpoint', 'data-token-endpiont')),
    {},
    'attribute-missing',
    /The tag has "data-token-endpiont" instead of data-token-endpoint\./,
  ],
  [
    'the tag has another method name',
    page(tag.replace('<script', '<script data-method-name="auth.getToken"')),
    {},
    'other-name',
    /The tag names its method "auth\.getToken" \(data-method-name\)\./,
  ],
  [
    'another script replaced the method',
    page(`${tag}<script>window.after = () => { window.authoriseChatWithCallback = { old: true } }</script>`),
    {},
    'replaced',
    /Another script has taken the name: window\.authoriseChatWithCallback is of type object\./,
  ],
  [
    'another script removed the method',
    page(`${tag}<script>window.after = () => { delete window.authoriseChatWithCallback }</script>`),
    {},
    'replaced',
    /The bridge has put the method there, and another script has removed or replaced it\./,
  ],
  [
    'the method is in a child frame',
    page(`<iframe srcdoc="<script>${method.replaceAll('"', "'")}</script>"></iframe>`),
    {},
    'child-frame',
    /The method is in a child frame \(about:srcdoc\)\./,
  ],
  [
    'the page’s script throws first',
    page(`<script>config.get('chat'); ${method}</script>`),
    {},
    'script-threw',
    /A script of the page threw "ReferenceError: config is not defined"/,
  ],
  [
    'the page’s bundle is not there',
    page('<script type="module" src="/missing.js"></script>'),
    {},
    'script-not-loaded',
    /^A module of the page, or a file that it imports, did not load: http:.*\/missing\.js\./,
  ],
  [
    'the bridge has nothing to do',
    page('<script src="/bridge.js"></script>'),
    {},
    'bridge-message',
    /^The bridge wrote to the console: "live-assist-bridge: No data-token-endpoint/,
  ],
  [
    'a file that an inline module imports is not there',
    page(`<script type="module">import '/missing.js'; ${method}</script>`),
    {},
    'script-not-loaded',
    /^An inline module script did not run, because a file that it imports did not load\. .*\/missing\.js was answered with 404\.$/,
  ],
  [
    'the page’s base sends the tag’s address to another origin',
    page(`<base href="http://127.0.0.1:9/cdn/">${tag.replace('/bridge', 'bridge')}`),
    {},
    'tag-not-loaded',
    /^The tag's file http:\/\/127\.0\.0\.1:9\/cdn\/bridge\.js did not load\. The tag's src "bridge\.js" is relative, and the page's <base> element makes it start at http:\/\/127\.0\.0\.1:9\/cdn\/\. Write its whole address, or correct the <base>\. There is/,
  ],
  [
    'the page’s base sends the tag’s address to a folder that answers with the start page',
    page(`<base href="/app/?v=2">${tag.replace('/bridge', 'js/bridge')}`),
    {},
    'tag-not-loaded',
    /^The tag's file \/app\/js\/bridge\.js is an HTML page, not a script\. The tag's src "js\/bridge\.js" is relative, .* start at http:\/\/localhost:\d+\/app\/\./,
  ],
  [
    'the page’s base sends the tag’s address to a file that is not the bridge',
    page(`<base href="http://127.0.0.1:PORT/">${tag.replace('bridge.js', 'own.js?script=none')}`),
    {},
    'tag-not-loaded',
    /^The tag is in the document, but its file has not run\. The tag's src "\/own\.js" is relative, .* start at http:\/\/127\.0\.0\.1:\d+\/\. Write/,
  ],
  [
    'the page’s base sends a module’s import to another place',
    page(`<base href="/app/"><script type="module">import './missing.js'; ${method}</script>`),
    {},
    'script-not-loaded',
    /^An inline module script did not run, because a file that it imports did not load\. The page's <base> element makes relative addresses start at http:\/\/localhost:\d+\/app\/\./,
  ],
  [
    'innerHTML has put the tag there',
    page(`<div id="place"></div><script>
      place.innerHTML = '${tag.replace('</', '<\\/')}';
    </script>`),
    {},
    'tag-not-loaded',
    /^The tag is in the document, but its file has not run\. .*innerHTML/,
  ],
  [
    'the tag is inside a template',
    page(`<template>${tag}</template>`),
    {},
    'tag-not-loaded',
    /^The tag is inside a template, where no script runs\./,
  ],
  [
    'the tag is inside a comment',
    page(`<!-- ${tag} -->`),
    {},
    'tag-not-loaded',
    /^The tag is inside a comment, where no script runs\./,
  ],
  [
    'the tag is inside a noscript element',
    page(`<noscript>${tag}</noscript>`),
    {},
    'tag-not-loaded',
    /^The tag is inside a noscript element, where no script runs\./,
  ],
  [
    'the method is a function of a module',
    page('<script type="module">function authoriseChatWithCallback(cb) { cb(null, "no") }</script>'),
    {},
    'not-on-window',
    /^A script declares "authoriseChatWithCallback", but not on window: .*Add: window\.authoriseChatWithCallback = …/,
  ],
  [
    'the tag’s file is not there, inside of a closed shadow root',
    page(`<div id="host"></div><script>
      const script = Object.assign(document.createElement('script'), { src: '/missing.js' });
      script.dataset.tokenEndpoint = '/token';
      document.getElementById('host').attachShadow({ mode: 'closed' }).append(script);
    </script>`),
    {},
    'script-not-loaded',
    /^A script of the page did not load: http:.*\/missing\.js was answered with 404\. .*no script tag with data-token-endpoint/,
  ],
];

test.use({
  // Long enough for a slow machine. A fast machine ends the wait earlier.
  liveAssist: async ({ liveAssist }, use) => use({ ...liveAssist, wait: 3_000 }),
});

test('says that the method is in a frame of another origin', async ({ page: tab, site, engagement }) => {
  const inner = site.html(page(`<script>${method}</script>`)).replace('localhost', '127.0.0.1');
  await tab.goto(site.html(page(`<iframe src="${inner}"></iframe>`)));
  expect(await engagement.start()).toMatchObject({
    cause: 'child-frame',
    message: expect.stringMatching(/^The method is in a child frame \(http:\/\/127\.0\.0\.1:\d+\/html\)\./),
  });
});

test('says that the method is declared in a module’s file', async ({ page: tab, site, engagement }) => {
  const file = new URL(site.own('const authoriseChatWithCallback = (cb) => cb(null, "no")'));
  await tab.goto(site.html(page(`<script type="module" src="/own.js${file.search}"></script>`)));
  expect(await engagement.start()).toMatchObject({ cause: 'not-on-window' });
});

test('says that a file did not load that a module imports', async ({ page: tab, site, engagement }) => {
  const { search } = new URL(site.own("import '/missing.js'; import('/bridge.js')"));
  await tab.goto(site.html(page(`<script type="module" src="/own.js${search}"></script>`)));
  expect(await engagement.start()).toMatchObject({
    cause: 'script-not-loaded',
    message: expect.stringMatching(
      /^A module of the page, or a file that it imports, did not load: http:\S+\/own\.js\. .* http:\S+\/missing\.js was answered with 404\.$/,
    ),
  });
});

test('says that the tag loads a module as a plain script', async ({ page: tab, site, engagement }) => {
  for (const text of ["import './bridge.js'", 'export const bridge = 1']) {
    const { search } = new URL(site.own(text));
    await tab.goto(site.html(page(`<script src="/own.js${search}" data-token-endpoint="/token"></script>`)));
    expect(await engagement.start()).toMatchObject({
      cause: 'tag-not-loaded',
      message: expect.stringMatching(
        /^The tag's file \/own\.js is a module, but the tag loads it as a plain script\. Load the file live-assist-bridge\.umd\.js/,
      ),
    });
  }
});

for (const [what, html, headers, cause, message] of broken)
  test(`says that ${what}`, async ({ page, site, engagement }) => {
    await page.goto(site.html(html.replace('PORT', new URL(site.url).port), headers));
    // The bridge restores a method that is lost while the page loads.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve)).then(() => globalThis.after?.())');
    const chat = await engagement.start();
    expect(chat.outcome).toBe('method-missing');
    expect(chat.message).toMatch(message);
    expect(chat.message, 'the first sentence names the cause').not.toMatch(/^There is no method/);
    expect(chat.cause).toBe(cause);
  });

test('does not name a base that the tag’s address does not depend on', async ({
  page: tab,
  site,
  engagement,
}) => {
  await tab.goto(
    site.html(page('<base href="/app/"><script src="/missing.js" data-token-endpoint="/token"></script>')),
  );
  expect(await engagement.start()).toMatchObject({
    cause: 'tag-not-loaded',
    message: expect.not.stringContaining('base'),
  });
});
