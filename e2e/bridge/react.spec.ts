/**
 * React 19, which moves a script element to the head and keeps the attributes it had first.
 *
 * @module
 */

import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { engage, expect, test } from './field.js';
import { html, reply } from './misbehave.js';

/** A page of a single-page application: React prints the tag, and `show` renders it for a visitor. */
const application = `
  import { createElement as element } from 'react';
  import { flushSync } from 'react-dom';
  import { createRoot } from 'react-dom/client';
  const root = createRoot(document.getElementById('root'));
  window.show = (visitor) => flushSync(() => root.render(element('main', null,
    element('h1', null, 'Welcome ' + visitor),
    element('script', { async: true, src: '/live-assist-bridge.umd.js', 'data-token-endpoint': '/token', 'data-visitor': visitor }))));
  show('alice');`;

test("never hands over the former visitor's token where React 19 renders the tag", async ({
  page,
  site,
  serveTokens,
}) => {
  const { outputFiles } = await build({
    stdin: {
      contents: application,
      resolveDir: fileURLToPath(new URL('../../test/foreign', import.meta.url)),
    },
    bundle: true,
    write: false,
    minify: true,
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const [former, present] = await serveTokens('former', 'present');
  site.serve('/app.js', reply(outputFiles[0]?.text ?? '', { 'Content-Type': 'text/javascript' }));
  site.serve(
    '/',
    html('<!doctype html><title>App</title><div id="root"></div><script src="/app.js"></script>'),
  );
  await page.goto(site.origin);
  await page.waitForFunction('window.authoriseChatWithCallback');
  expect(await engage(page)).toEqual([former]);
  await page.evaluate("history.pushState(null, '', '/account'); show('bob')");
  await expect(page.locator('h1')).toHaveText('Welcome bob');
  // The reason for this test: React keeps the first value.
  await expect(page.locator('head script[data-token-endpoint]')).toHaveAttribute('data-visitor', 'alice');
  expect(await engage(page)).toEqual([present]);
});
