/**
 * For every global name used by the tag's file, the page replaces it: the chat works, or one line with a code says why
 * not.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { expect, tag, test } from './field.js';
import { html } from './misbehave.js';

const file = readFileSync(new URL('../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');
const words = new Set(file.match(/[A-Za-z_$][\w$]*/g));

/** Replacements for the browser's own function or class. */
const replacements = {
  undefined: 'undefined',
  'an object': '{}',
  'a function that throws': 'function () { throw new TypeError("mine") }',
  'a function that does nothing': 'function () {}',
};

for (const [title, source] of Object.entries(replacements))
  test(`answers once on pages where a global is ${title}`, async ({ page, site, serveTokens, watched }) => {
    test.slow();
    const [token] = await serveTokens('visitor');
    await page.goto(site.origin);
    const names = await page.evaluate(() =>
      [globalThis, EventTarget.prototype]
        .flatMap((owner) => Object.getOwnPropertyNames(owner))
        .filter((name) => {
          // These cannot be replaced, such as `window` and `undefined`.
          const { configurable, writable } = Object.getOwnPropertyDescriptor(globalThis, name) ?? {
            writable: true,
          };
          return configurable || writable;
        }),
    );
    const used = names.filter((name) => words.has(name) && name !== 'constructor');
    expect(used).toEqual(
      expect.arrayContaining(['fetch', 'Math', 'clearTimeout', 'addEventListener', 'JSON']),
    );

    const lines: string[] = [];
    page.on('console', (message) => lines.push(message.text()));
    for (const name of used) {
      lines.length = 0;
      site.serve(
        '/',
        html(`<!doctype html><script>window[${JSON.stringify(name)}] = ${source}</script>
          ${tag({ tokenEndpoint: '/token', timeout: 1500 })}<script>
          authoriseChatWithCallback(function (token, reason) { document.title += '[' + token + reason + ']' });
        </script>`),
      );
      await page.goto(site.origin);
      // The title is read without using the page's globals.
      await expect(page, `the answer without ${name}`).toHaveTitle(/\[/);
      const answer = (await page.title()).slice(1, -1);
      if (answer === `${token}undefined`) continue;
      expect(answer, `the answer without ${name}`).toBe('nullUnable to generate key');
      if (name === 'console') continue;
      expect(lines.at(-1), `the last line without ${name}`).toMatch(/^live-assist-bridge: .* \([a-z-]+\)$/);
      watched.warns(...lines.map((line) => /\((\S+)\)$/.exec(line)?.[1] ?? /is not valid/));
    }
  });
