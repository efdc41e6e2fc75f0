/**
 * Microsoft's portals: the tag replaces the portal's own function and asks the portal's endpoint.
 *
 * @module
 */
import { createPortal } from '../../test/support/portal.js';
import { test as base, codes, engage, expect, refusal, tag } from './field.js';

const methodName = 'auth.getAuthenticationToken';
const path = '/_services/auth/token';
const attributes = { tokenEndpoint: path, methodName };

/** Keeps one callback for all calls, as the portal's own function does. */
const theirs = `<script>
  (function (auth) {
    auth.getAuthenticationToken = function (callback) { auth.callback = callback; };
  })(window.auth = window.auth || {});
</script>`;

interface Fixtures {
  portal: Awaited<ReturnType<typeof createPortal>>;
  isAntiForgeryRequired: boolean;
}

const test = base.extend<Fixtures>({
  isAntiForgeryRequired: [false, { option: true }],
  portal: async ({ site, context, isAntiForgeryRequired }, use) => {
    const portal = await createPortal({ isAntiForgeryRequired });
    site.serve(path, (response, request) =>
      portal.answer(request, response as Parameters<typeof portal.answer>[1]),
    );
    await context.addCookies([{ name: 'session', value: 'ada', url: site.origin }]);
    await use(portal);
  },
});

for (const order of ['before', 'after'])
  for (const httpMethod of ['GET', 'POST'])
    test(`replaces the portal's function, loaded ${order} it, and answers overlapping calls (${httpMethod})`, {
      tag: order === 'after' && httpMethod === 'GET' ? '@core' : [],
    }, async ({ page, open, portal, site, watched }) => {
      if (order === 'after') watched.warns(/auth\.getAuthenticationToken was another script's function/);
      const parts = [tag({ ...attributes, httpMethod }), theirs];
      await open((order === 'before' ? parts : parts.reverse()).join(''));
      const answers = await page.evaluate(
        (name) => Promise.all([1, 2, 3].map(() => window.recorder.engage(name))),
        methodName,
      );
      expect(portal.tokens).toHaveLength(1);
      expect(answers).toEqual([portal.tokens, portal.tokens, portal.tokens]);
      expect(site.requests(path).map(({ method }) => method)).toEqual([httpMethod]);
    });

test('leaves a guest on the page, and writes nothing to the console', async ({
  page,
  open,
  portal,
  context,
}) => {
  await context.clearCookies();
  await open(tag(attributes));
  expect(await engage(page, methodName)).toEqual(refusal);
  expect(await codes(page)).toEqual(['signed-out']);
  expect(page.url()).not.toContain('SignIn');
  expect(portal.tokens).toEqual([]);
});

test.describe('if POST needs the anti-forgery header', () => {
  test.use({ isAntiForgeryRequired: true });

  test('sends it through the option headers', async ({ page, create, portal }) => {
    await create(`{
      tokenEndpoint: '${path}', methodName: '${methodName}', httpMethod: 'POST',
      headers: async () => ({ __RequestVerificationToken: '${portal.antiForgery}' }),
    }`);
    expect(await engage(page, methodName)).toEqual(portal.tokens);
    expect(portal.tokens).toHaveLength(1);
  });
});

test('identifies the portal’s visitor to messaging', async ({ page, open, portal }) => {
  await open(tag({ ...attributes, identities: '', visitor: 'ada' }));
  const identity = await page.evaluate(
    () => new Promise((resolve) => Reflect.get(window, 'lpTag').identities[0](resolve)),
  );
  expect(identity).toEqual({
    iss: 'localhost',
    acr: 'loa1',
    sub: '1a2b3c4d-0000-4000-8000-00000000000a',
  });
  expect(portal.tokens).toHaveLength(1);
});
