/**
 * The tags of docs/site-owners.md and docs/front-end.md on a static page, exactly as documented.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { example } from '../../test/docs/pages.js';
import { engage, expect, test } from './field.js';
import { json } from './misbehave.js';

const file = readFileSync(new URL('../../dist/live-assist-bridge.umd.js', import.meta.url), 'utf8');
const check = /```js\n *(await .*)\n/.exec(
  readFileSync(new URL('../../docs/site-owners.md', import.meta.url), 'utf8'),
)?.[1];

for (const name of ['tag.html', 'tag-manager.html', 'no-bundler.html'])
  test(`answers Live Assist on a static page with the documented ${name}`, async ({
    page,
    site,
    mint,
    open,
  }) => {
    const token = await mint({ sub: 'visitor' });
    site.serve('/live-assist/token', json({ token }));
    site.serve('/js/live-assist-bridge.umd.js', (response) =>
      response.setHeader('Content-Type', 'text/javascript').end(file),
    );
    await open(example(name));
    await page.waitForFunction(() => 'authoriseChatWithCallback' in window);
    expect(await engage(page)).toEqual([token]);
    if (name !== 'no-bundler.html') expect(await page.evaluate(`(async () => ${check})()`)).toBe(token);
  });
