/**
 * Tests with several pages: two visitors, two tabs, a popup, a frame.
 *
 * @module
 */
import { expect, test } from './testing/kit.js';
import { ada } from './testing/site.js';

const grace = '0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d';

test('plays two visitors', async ({ page, site, browser, engagement, engagementOn, signIn }) => {
  await signIn(ada);
  await page.goto('/');
  const context = await browser.newContext();
  await context.addCookies([{ name: 'visitor', value: grace, url: site.url }]);
  const other = await context.newPage();
  await other.goto(site.url);
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  expect(await engagementOn(other).start()).toBeAuthenticatedAs(grace);
  expect(engagementOn(other)).toBe(engagementOn(other));
  expect(engagementOn(page)).toBe(engagement);
  expect(engagementOn(page.mainFrame())).toBe(engagement);
  await context.close();
});

test('plays a popup and a frame', async ({ page, site, engagementOn, signIn }) => {
  await signIn(ada);
  await page.goto(site.html('<!doctype html><title>Opener</title><iframe src="/"></iframe>'));
  const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(() => window.open('/'))]);
  expect(await engagementOn(popup).start()).toBeAuthenticatedAs(ada);
  // Firefox may name a frame later than it shows the frame, so the element is asked.
  const element = await page.waitForSelector('iframe');
  const frame = await element.contentFrame();
  expect(frame?.parentFrame()).toBe(page.mainFrame());
  expect(await engagementOn(frame ?? page).start()).toBeAuthenticatedAs(ada);
});

test('names what is not a page', async ({ page, context, engagementOn, faultsOn }) => {
  // @ts-expect-error: a context
  expect(() => engagementOn(context)).toThrow('This is a context: open a page in it with newPage().');
  // @ts-expect-error: a locator
  expect(() => engagementOn(page.locator('iframe'))).toThrow('use page.frame({ name })');
  // @ts-expect-error: a promise
  expect(() => engagementOn(page.context().newPage())).toThrow('Await the promise first.');
  // @ts-expect-error: a frame
  expect(() => faultsOn(page.mainFrame())).toThrow('faultsOn() was not given a page.');
});

test('a fault of a page leaves other pages alone', async ({
  page,
  context,
  engagement,
  engagementOn,
  faultsOn,
  signIn,
}) => {
  await signIn(ada);
  await page.goto('/');
  const tab = await context.newPage();
  await tab.goto(page.url());
  await faultsOn(tab).status(500);
  expect(await engagement.start()).toBeAuthenticatedAs(ada);
  expect(await engagementOn(tab).start()).toBeRefused('endpoint-failed');
});

test('a fault of the context can be met by any page with an engagement', async ({
  page,
  context,
  engagementOn,
  faults,
  signIn,
}) => {
  await signIn(ada);
  await page.goto('/');
  const tab = await context.newPage();
  await tab.goto(page.url());
  await faults.down();
  expect(await engagementOn(tab).start()).toBeRefused('network');
});

test('faults say which pages they apply to', async ({ page, faults, faultsOn }) => {
  await page.goto('/');
  await faults.down();
  await expect(faults.end()).rejects.toThrow(
    /^The fault "down" met no request to \/token\..* It belongs to the context\.$/,
  );
  await faultsOn(page).down();
  await expect(faultsOn(page).end()).rejects.toThrow(`It belongs to the page ${page.url()}.`);
});
