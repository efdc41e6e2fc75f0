/**
 * For every method of JavaScript that the tag's file uses, the page replaces it, as old libraries do: every call is
 * answered once, with a token or with a code.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { expect, tag, test } from './field.js';
import { html } from './misbehave.js';

const file = readFileSync(new URL('../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');
const called = new Set([...file.matchAll(/\.(\w+)\b/g)].map(([, name]) => name));

/** In the page: the names of the methods of an object such as `Array.prototype`. */
const methodsOf = (owner: string): string[] => {
  const [name = '', property] = owner.split('.');
  const object = property ? Reflect.get(window, name).prototype : Reflect.get(window, name);
  return Object.getOwnPropertyNames(object).filter(
    (key) =>
      key !== 'constructor' && typeof Object.getOwnPropertyDescriptor(object, key)?.value === 'function',
  );
};

for (const owner of [
  'Array.prototype',
  'String.prototype',
  'RegExp.prototype',
  'Function.prototype',
  'Promise.prototype',
  'Storage.prototype',
  'Object',
  'Number',
  'Date',
])
  test(`answers once on pages where a method of ${owner} throws`, async ({
    page,
    site,
    serveTokens,
    watched,
  }) => {
    test.slow();
    const [token] = await serveTokens('visitor');
    await page.goto(site.origin);
    const used = (await page.evaluate(methodsOf, owner)).filter((name) => called.has(name));
    expect(used).not.toEqual([]);

    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    for (const name of used) {
      lines.length = 0;
      site.serve(
        '/',
        html(`<!doctype html><script>${owner}.${name} = function () { throw new TypeError('mine') }</script>
          ${tag({ tokenEndpoint: '/token', timeout: 1500, visitor: 'ada' })}<script>
          authoriseChatWithCallback(function (token, reason) { document.title += '[' + token + reason + ']' });
        </script>`),
      );
      await page.goto(site.origin);
      await expect(page, `the answer without ${owner}.${name}`).toHaveTitle(/\[/);
      const answer = await page.title();
      expect([`[${token}undefined]`, '[nullUnable to generate key]']).toContain(answer);
      if (answer.startsWith('[null'))
        expect(lines.at(-1), `the last line without ${owner}.${name}`).toMatch(
          /^live-assist-bridge: .* \(endpoint-failed\)$/,
        );
      watched.warns(...lines.map((line) => /\((endpoint-failed)\)$/.exec(line)?.[1] ?? /is not valid/));
    }
  });
