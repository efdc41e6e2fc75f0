/**
 * Pages whose scripts interfere: they replace globals, wrap methods, or search for tokens.
 *
 * @module
 */
import { codes, engage, expect, refusal, tag, test } from './field.js';
import { json, status } from './misbehave.js';

const reportErrorThrows = () =>
  Object.assign(window, {
    reportError() {
      throw new Error('our own reportError broke');
    },
  });

for (const [name, behaviours] of [
  ['the fetched token', 1],
  ['the kept token', 2],
] as const) {
  test(`calls a callback that throws on ${name} once, even if the page broke reportError`, async ({
    page,
    site,
    mint,
    visit,
    watched,
  }) => {
    watched.tolerates(/lost/, /our own reportError broke/);
    site.serve('/token', json({ token: await mint() }));
    await page.addInitScript(reportErrorThrows);
    await visit();
    for (let call = 0; call < behaviours; call++)
      await page.evaluate(() =>
        window.recorder.engage(undefined, () => {
          throw new Error('lost');
        }),
      );
    const counts = await page.evaluate(() => window.recorder.calls.map((answers) => answers.length));
    expect(counts).toEqual(Array(behaviours).fill(1));
  });
}

test('refuses even if onError throws and the page broke reportError', async ({
  page,
  site,
  create,
  watched,
}) => {
  watched.tolerates(/lost/, /our own reportError broke/);
  site.serve('/token', status(404));
  await page.addInitScript(reportErrorThrows);
  await create(`{ tokenEndpoint: '/token', timeout: 500, onError() { throw new Error('lost') } }`);
  expect(await engage(page)).toEqual(refusal);
});

for (const [name, spoil] of Object.entries({
  'throws in console.warn': () => {
    console.warn = () => {
      throw new Error('no console here');
    };
  },
  'has replaced the console with an object with one method': () =>
    Object.defineProperty(window, 'console', { value: { log() {} } }),
}))
  test(`installs the bridge and refuses on a page that ${name}`, async ({ page, site, open }) => {
    site.serve('/token', status(404));
    await page.addInitScript(spoil);
    await open(
      `<script>function authoriseChatWithCallback() {}</script>${tag({ tokenEndpoint: '/token', timeout: 8 })}`,
    );
    expect(await page.evaluate('typeof liveAssistBridge.bridge.getToken')).toBe('function');
    expect(await engage(page)).toEqual(refusal);
  });

test('sends requests through a fetch that a monitoring script has wrapped', async ({
  page,
  site,
  mint,
  visit,
}) => {
  const token = await mint();
  site.serve('/token', status(503), json({ token }));
  await visit();
  await page.evaluate(() => {
    const { fetch } = window;
    Object.assign(window, { seen: 0 });
    window.fetch = (...request) => {
      Reflect.set(window, 'seen', Reflect.get(window, 'seen') + 1);
      return fetch(...request);
    };
  });
  expect(await engage(page)).toEqual([token]);
  expect(await page.evaluate(() => Reflect.get(window, 'seen'))).toBe(2);
});

test('passes an address to fetch, because some wrappers accept nothing else', async ({
  page,
  serveTokens,
  site,
  visit,
}) => {
  const [token] = await serveTokens('visitor');
  await visit({ httpMethod: 'POST' });
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = (address, init) => {
      const path = (address as string).replace(location.origin, '');
      return fetch(path.startsWith('/') ? path : 'https://wrong.example', { ...init });
    };
  });
  expect(await engage(page)).toEqual([token]);
  expect(site.requests().map(({ method }) => method)).toEqual(['POST']);
});

test('accepts an answer without a readable body from the page’s own fetch', async ({
  page,
  serveTokens,
  visit,
}) => {
  const [token] = await serveTokens('visitor');
  await visit();
  await page.evaluate(() => {
    const { fetch } = window;
    window.fetch = async (...request) => {
      const { ok, status, headers, text } = await fetch(...request).then(async (answer) => {
        const words = await answer.text();
        return { ok: answer.ok, status: answer.status, headers: answer.headers, text: async () => words };
      });
      return { ok, status, headers, text } as Response;
    };
  });
  expect(await engage(page)).toEqual([token]);
});

for (const [name, own] of Object.entries({
  'a function dispatchEvent': 'function dispatchEvent(id) { document.getElementById(id).click() }',
  'an old CustomEvent': 'CustomEvent = function () { throw new Error("not here") }',
}))
  for (const [kind, attributes] of Object.entries({ fetched: {}, 'known at once': { visitor: '' } }))
    test(`refuses on a page with its own ${name} if the refusal is ${kind}`, async ({ page, site, open }) => {
      site.serve('/token', status(401));
      await open(`<script>${own}</script>${tag({ tokenEndpoint: '/token', ...attributes })}`);
      expect(await engage(page)).toEqual(refusal);
    });

test('does not expose the token to other scripts', async ({ page, serveTokens, visit }) => {
  const [token] = await serveTokens('visitor');
  await page.addInitScript(() => {
    const found: unknown[] = [];
    Object.assign(window, { found });
    addEventListener('message', ({ data }) => found.push(data));
    addEventListener('storage', ({ newValue }) => found.push(newValue));
    new MutationObserver((changes) => {
      for (const { target } of changes) found.push((target as Element).outerHTML);
    }).observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  });
  await visit();
  await engage(page);
  const reachable = await page.evaluate(() => {
    const seen = new Set<object>();
    const texts: string[] = [];
    const walk = (value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      if (Object(value) !== value || seen.has(value as object)) return;
      seen.add(value as object);
      for (const key of Reflect.ownKeys(value as object)) walk(Reflect.get(value as object, key));
    };
    walk(Reflect.get(window, 'liveAssistBridge'));
    walk(window.authoriseChatWithCallback);
    return [
      ...texts,
      JSON.stringify(Reflect.get(window, 'found')),
      document.documentElement.outerHTML,
      document.cookie,
    ];
  });
  expect(reachable.filter((text) => text.includes(token))).toEqual([]);
});

test('always asks for the right visitor during many calls and changes', async ({
  page,
  site,
  mint,
  create,
}) => {
  const visitors = ['alice', 'bob', 'carol'];
  const tokens = new Map<string, string>();
  for (const visitor of visitors) tokens.set(visitor, await mint({ sub: visitor }));
  site.serve('/token', (response, request) =>
    json({ token: tokens.get(String(request.headers['x-visitor'])) })(response, request),
  );
  await create(`{
    tokenEndpoint: '/token',
    onError() {},
    visitor: () => window.visitor,
    headers: () => ({ 'X-Visitor': window.visitor }),
  }`);
  const heard = await page.evaluate(async (names) => {
    const answers: [visitor: string, token: unknown][] = [];
    for (let turn = 0; turn < 300; turn++) {
      Reflect.set(window, 'visitor', names[(turn * 7) % names.length]);
      Reflect.get(
        window,
        'authoriseChatWithCallback' as string,
      )((token: unknown) => answers.push([Reflect.get(window, 'visitor'), token]));
      if (turn % 5 === 0) await new Promise((resolve) => setTimeout(resolve));
      // A visitor who stays for a moment gets an answer.
      if (turn % 10 === 0 || turn === 299)
        answers.push([Reflect.get(window, 'visitor'), (await window.recorder.engage())[0]]);
    }
    return answers;
  }, visitors);
  expect(heard).toHaveLength(331);
  for (const token of tokens.values())
    expect(heard.filter((answer) => answer[1] === token).length).toBeGreaterThan(9);
  expect(heard.filter(([visitor, token]) => token !== null && token !== tokens.get(visitor))).toEqual([]);
  expect(await codes(page)).toContain('visitor-changed');
});
