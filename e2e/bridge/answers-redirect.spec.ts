/**
 * A redirect is an answer, never followed: it leads to a sign-in page, or from an address that is not final.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { html, json, redirect, status } from './misbehave.js';

for (const httpMethod of ['GET', 'POST']) {
  for (const code of [301, 302, 303, 307, 308]) {
    test(`refuses ${code} to a sign-in page for ${httpMethod} and does not follow it`, async ({
      site,
      visit,
      watched,
    }) => {
      watched.warns('redirected');
      site.serve('/token', redirect('/login', code));
      site.serve('/login', html('<form>Sign in</form>'));
      const page = await visit({ httpMethod });
      expect(await engage(page)).toEqual(refusal);
      expect(await codes(page)).toEqual(['redirected']);
      expect(site.requests()).toHaveLength(1);
      expect(site.requests('/login')).toHaveLength(0);
    });
  }
}

test('does not follow a redirect even to a token', { tag: '@core' }, async ({
  site,
  mint,
  visit,
  watched,
}) => {
  watched.warns('redirected');
  site.serve('/token', redirect('/token/', 308));
  site.serve('/token/', json({ token: await mint() }));
  const page = await visit();
  expect(await engage(page)).toEqual(refusal);
  expect(site.requests('/token/')).toHaveLength(0);
});

for (const place of ['sister', 'stranger'] as const) {
  test(`refuses a redirect to the sign-in page of another ${place === 'sister' ? 'origin' : 'site'}`, async ({
    site,
    visit,
    watched,
  }) => {
    watched.warns('redirected');
    site.serve('/token', redirect(`${site[place]}/login`));
    const page = await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['redirected']);
    expect(site.requests('/login')).toHaveLength(0);
  });
}

for (const [reader, headers, code, requests] of [
  ['that may be read', { 'Access-Control-Allow-Origin': '*' }, 'redirected', 1],
  ['that may not be read', {}, 'network', 3],
] as const) {
  test(`refuses a redirect of another origin ${reader} as ${code}`, async ({ site, visit, watched }) => {
    watched.warns(code);
    site.serve('/token', status(302, { Location: '/login', ...headers }));
    const page = await visit({ tokenEndpoint: `${site.sister}/token` });
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual([code]);
    expect(site.requests()).toHaveLength(requests);
    expect(site.requests('/login')).toHaveLength(0);
  });
}

test('names both causes of a redirect in its remedy', async ({ site, visit, watched }) => {
  watched.warns(/sign-in page.*(https|www|slash)/);
  site.serve('/token', redirect('/login'));
  await engage(await visit());
});
