/**
 * Partytown, which runs a script in a worker.
 *
 * @module
 */
import { foreignFile } from '../../test/support/foreign-file.js';
import { engage, expect, tag, test } from './field.js';
import { html } from './misbehave.js';

const library = () => foreignFile('@qwik.dev/partytown/lib/partytown.js');

test('works on a page with Partytown, and has no method where Partytown runs the tag', async ({
  page,
  site,
  serveTokens,
}) => {
  const [token] = await serveTokens('visitor');
  const folder = library().replace('partytown.js', '');
  const loader = `<script>partytown = { lib: '${folder}' }</script><script src="${library()}"></script>
    <script type="text/partytown">window.document.documentElement.dataset.worker = 'ran'</script>`;
  const ran = page.locator('html[data-worker=ran]');
  const ours = tag({ tokenEndpoint: '/token' });
  site.serve('/', html(`<!doctype html><title>Shop</title>${ours}${loader}`));
  await page.goto(site.origin);
  await ran.waitFor();
  expect(await engage(page)).toEqual([token]);

  site.serve(
    '/',
    html(
      `<!doctype html><title>Shop</title>${ours.replace('<script', '<script type="text/partytown"')}${loader}`,
    ),
  );
  await page.goto(site.origin);
  await ran.waitFor();
  expect(await page.evaluate('typeof window.authoriseChatWithCallback')).toBe('undefined');
  expect(site.requests()).toHaveLength(1);
});
