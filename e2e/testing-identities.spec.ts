/**
 * Asking a page, as the tag of Live Assist Messaging does, who its visitor is.
 *
 * @module
 */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const other = '00000000-0000-4000-8000-000000000001';
const identity = { iss: 'www.example.com', acr: 'loa1', sub: ada };
const gives = (...values: unknown[]) =>
  `lpTag = { identities: [${values.map((value) => `(tell) => setTimeout(tell, 50, ${JSON.stringify(value)})`)}] }`;

const failureOf = (judged: Promise<unknown>) =>
  judged.then(
    () => '',
    (error) => stripVTControlCharacters(String(error)),
  );

test('a page identifies its visitor, in any form of the GUID', { tag: '@core' }, async ({
  page,
  engagement,
  site,
}) => {
  await page.goto(site.own(gives(identity)));
  expect(await engagement.identities()).toEqual([identity]);
  await expect(page).toIdentify(ada);
  await expect(page).toIdentify(`{${ada.toUpperCase()}}`);
  await expect(page).not.toIdentify(other);
  await expect(page).not.toIdentify(null);
});

test('a page identifies nobody', async ({ page, engagement, site }) => {
  await page.goto(site.own(gives(null)));
  expect(await engagement.identities()).toEqual([null]);
  await expect(page).toIdentify(null);
  await page.goto(site.own(''));
  expect(await engagement.identities()).toEqual([]);
  await expect(page).not.toIdentify(ada);
  expect(await failureOf(expect(page).toIdentify(ada, { timeout: 300 }))).toContain(
    'lpTag.identities holds no function',
  );
});

test('waits until a page identifies its visitor', async ({ page, site }) => {
  await page.goto(site.own(`setTimeout(() => { ${gives(identity)} }, 400)`));
  await expect(page).toIdentify(ada);
});

test('says who is identified instead, and that two visitors are', async ({ page, site }) => {
  await page.goto(site.own(gives(identity)));
  expect(await failureOf(expect(page).toIdentify(other, { timeout: 300 }))).toContain(
    `Received: "${ada} (issuer www.example.com)"`,
  );
  await page.goto(site.own(gives(identity, { ...identity, sub: other })));
  await expect(page).not.toIdentify(ada);
});

for (const [script, message] of [
  [gives({ sub: ada }), 'It must answer { iss, acr: "loa1", sub }'],
  ['lpTag = { identities: [(tell) => { tell(null); tell(null); }] }', 'called back 2 times'],
  ['lpTag = { identities: [() => { throw new Error("mine") }] }', 'threw "Error: mine"'],
] as const)
  test(`names a function that ${message}`, async ({ page, engagement, site }) => {
    await page.goto(site.own(script));
    await expect(engagement.identities()).rejects.toThrow(message);
  });

test('asks a page whose clock the test has stopped, and a frame', async ({
  page,
  engagement,
  engagementOn,
  site,
}) => {
  await page.clock.install();
  const at = (sub: string) =>
    site.own(`lpTag = { identities: [(tell) => tell(${JSON.stringify({ ...identity, sub })})] }`);
  await page.goto(at(ada));
  await page.clock.pauseAt(Date.now() + 60_000);
  expect(await engagement.identities()).toEqual([identity]);
  await page.evaluate(`document.body.innerHTML = '<iframe src="${at(other)}"></iframe>'`);
  await page.frameLocator('iframe').locator('script').waitFor({ state: 'attached' });
  const [, frame] = page.frames();
  expect(frame && (await engagementOn(frame).identities())).toEqual([{ ...identity, sub: other }]);
});

test('refuses what is not a GUID', async ({ page }) => {
  await expect(expect(page).toIdentify('ada')).rejects.toThrow('which is not the GUID of a contact');
});
