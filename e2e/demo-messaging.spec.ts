/**
 * The demo as Live Assist Messaging: an identified visitor sees the button, chats and stays known; others see nothing.
 *
 * @module
 */
import type { Page } from '@playwright/test';
import { createVisitor, expect, onStage, test } from './demo-test.js';

const maya = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';
const back = { name: 'Back to your conversation' };

async function switchToMessaging(page: Page, configuration: string, isOldTag = false) {
  await page.goto(configuration);
  await page.getByRole('radio', { name: 'Messaging' }).check();
  await page.getByRole('checkbox', { name: 'Old tag' }).setChecked(isOldTag);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Messaging' })).toBeChecked();
}

/** What the page would answer the vendor now. */
const identities = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      (Reflect.get(window, 'lpTag').identities as ((callback: (given: unknown) => void) => void)[]).map(
        (identity) => new Promise((resolve) => identity(resolve)),
      ),
    ),
  );

for (const version of ['new', 'old'])
  test(`with the ${version} tag, a signed-in visitor is targeted, chats, comes back, and is gone after the sign-out`, {
    tag: version === 'old' ? '@core' : [],
  }, async ({ page, demo, agent, desk }) => {
    await switchToMessaging(desk, demo.configuration, version === 'old');
    await desk.goto(demo.desk);
    await page.goto(demo.site);
    const visitor = createVisitor(page);
    await visitor.signIn('Maya Okafor');
    await visitor.chatButton.click();
    await agent.accept('Maya Okafor');
    await expect(agent.record.getByText(maya)).toBeVisible();
    await visitor.say('Hello');
    await expect(agent.messages).toContainText('Hello');
    expect(await identities(page)).toEqual([expect.objectContaining({ acr: 'loa1', sub: maya })]);

    await page.reload();
    await expect(page.getByRole('button', back)).toBeVisible();
    await expect(visitor.messages).toBeHidden();
    await agent.say('Are you still there?');
    await page.getByRole('button', back).click();
    await expect(visitor.messages).toContainText('Are you still there?');

    await visitor.signOut();
    await expect(page.getByRole('button', { name: /chat|conversation/i })).toHaveCount(0);
    expect(await identities(page)).toEqual([null]);
    await page.reload();
    await expect(page.locator('#welcome')).toBeVisible();
    await expect(page.getByRole('button', { name: /chat|conversation/i })).toHaveCount(0);
    expect(await identities(page)).toEqual([null]);
  });

test('shows a conversation to no other visitor, and again to its own visitor after a new sign-in', async ({
  page,
  demo,
  agent,
  desk,
}) => {
  await switchToMessaging(desk, demo.configuration);
  await desk.goto(demo.desk);
  await page.goto(demo.site);
  const visitor = createVisitor(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await visitor.say('For my eyes only');
  await expect(visitor.messages).toContainText('For my eyes only');
  await visitor.signOut();
  await visitor.signIn('Zoë Łukasiewicz');
  await visitor.chatButton.click();
  await agent.accept('Zoë Łukasiewicz');
  await expect(visitor.messages).not.toContainText('For my eyes only');
  await visitor.closeButton.click();
  await visitor.signOut();
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(visitor.messages).toContainText('For my eyes only');
});

test('asks for another token when the first has expired, and the conversation goes on', async ({
  page,
  demo,
}) => {
  await page.clock.install();
  await switchToMessaging(page, demo.configuration);
  await page.goto(demo.site);
  const visitor = createVisitor(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await visitor.say('Hello');
  // The demo's clock goes on in real time. Two tokens of one second are the same token, which is expired by the page's clock.
  const second = () => Math.floor(Date.now() / 1000);
  const first = second();
  await expect.poll(second).toBeGreaterThan(first);
  const renewed = page.waitForResponse(/\/visitor\/chats\/[^/]+\/token$/);
  await page.clock.fastForward('02:00:05');
  expect((await renewed).status()).toBe(200);
  await visitor.say('Still me');
  await expect(visitor.messages).toContainText('Still me');
});

test('shows the identity as a step of its own on the stage', async ({ page, demo }) => {
  await page.goto(demo.url);
  const { visitor, site, done } = onStage(page);
  const step = page.locator('[data-step="identity"]');
  await expect(visitor.chatButton).toBeVisible();
  await expect(step).toBeHidden();
  await switchToMessaging(page, demo.configuration);
  await page.goto(demo.url);
  await expect(step).toContainText('The page named nobody');
  await expect(visitor.chatButton).toBeHidden();
  await site.getByRole('button', { name: 'Maya Okafor' }).click();
  await expect(step).toContainText('The page named its visitor');
  await expect(done).toHaveCount(5);
  await visitor.chatButton.click();
  await expect(done).toHaveCount(8);
});
