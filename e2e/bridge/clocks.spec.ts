/**
 * The visitor's clock and the Date header may both be wrong.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { json } from './misbehave.js';

const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const readable = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'Date' };
const unreadable = { 'Access-Control-Allow-Origin': '*' };

for (const [clock, ahead] of [
  ['a day ahead', day],
  ['a day behind', -day],
  ['an hour ahead', hour],
  ['five seconds behind', -5],
] as const) {
  for (const [reader, headers] of [
    ['a Date header it can read', readable],
    ['no Date header it can read', unreadable],
  ] as const) {
    test(`keeps a good token on a machine ${clock} with ${reader}`, async ({ page, site, mint, visit }) => {
      await page.clock.install({ time: Date.now() + ahead * 1000 });
      const token = await mint();
      site.serve('/token', json({ token }, headers));
      await visit({ tokenEndpoint: `${site.sister}/token` });
      expect(await engage(page)).toEqual([token]);
      expect(await engage(page)).toEqual([token]);
      expect(site.requests()).toHaveLength(1);
    });
  }

  test(`recognises an expired token by the Date header on a machine ${clock}`, async ({
    page,
    site,
    mint,
    visit,
    watched,
  }) => {
    watched.warns('token-expired');
    await page.clock.install({ time: Date.now() + ahead * 1000 });
    site.serve(
      '/token',
      json({ token: await mint({ iat: mint.now() - 3 * hour, exp: mint.now() - minute }) }),
    );
    await visit();
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['token-expired']);
  });

  test(`keeps a token that the site cached for an hour only until it expires on a machine ${clock}`, async ({
    page,
    site,
    mint,
    visit,
  }) => {
    await page.clock.install({ time: Date.now() + ahead * 1000 });
    const [aged, fresh] = [
      await mint({ iat: mint.now() - hour, exp: mint.now() + hour }),
      await mint({ sub: 'fresh' }),
    ];
    site.serve('/token', json({ token: aged }), json({ token: fresh }));
    await visit();
    expect(await engage(page)).toEqual([aged]);
    await page.clock.fastForward(50 * minute * 1000);
    expect(await engage(page)).toEqual([aged]);
    await page.clock.fastForward(10 * minute * 1000);
    expect(await engage(page)).toEqual([fresh]);
  });
}

test('uses the visitor’s clock, if it is right, when the Date header cannot be read', {
  tag: '@core',
}, async ({ page, site, mint, visit }) => {
  await page.clock.install();
  const [aged, fresh] = [
    await mint({ iat: mint.now() - hour, exp: mint.now() + hour }),
    await mint({ sub: 'fresh' }),
  ];
  site.serve('/token', json({ token: aged }, unreadable), json({ token: fresh }, unreadable));
  await visit({ tokenEndpoint: `${site.sister}/token` });
  expect(await engage(page)).toEqual([aged]);
  await page.clock.fastForward(50 * minute * 1000);
  expect(await engage(page)).toEqual([aged]);
  await page.clock.fastForward(10 * minute * 1000);
  expect(await engage(page)).toEqual([fresh]);
});

for (const [name, date] of [
  ['that is not a date', 'yesterday, I think'],
  ['that came twice', [new Date().toUTCString(), new Date().toUTCString()]],
  ['of long ago', 'Thu, 01 Jan 1970 00:00:00 GMT'],
] as const) {
  test(`keeps a good token with a Date header ${name}`, async ({ site, mint, visit }) => {
    const token = await mint();
    site.serve('/token', json({ token }, { Date: date as string }));
    const page = await visit();
    expect(await engage(page)).toEqual([token]);
    expect(await engage(page)).toEqual([token]);
    expect(site.requests()).toHaveLength(1);
  });
}

test('accepts a token of seven seconds from a server whose clock is five seconds ahead', async ({
  site,
  mint,
  visit,
}) => {
  const token = await mint({ iat: mint.now() + 5, exp: mint.now() + 12 });
  site.serve('/token', json({ token }));
  expect(await engage(await visit())).toEqual([token]);
});
