/** The eight steps light up as they happen, and show what passed. */
import type { Page } from '@playwright/test';
import { createAgent, createVisitor, expect, test } from './demo-test.js';

const onStage = (page: Page) => ({
  visitor: createVisitor(page.frameLocator('iframe[title="Visitor"]')),
  agent: createAgent(page.frameLocator('iframe[title="Agent"]')),
  step: (number: number) => page.locator(`[data-step="${number}"]`),
  done: page.locator('[data-step][data-state="done"]'),
});

test('the eight steps light up one after the other', { tag: '@core' }, async ({ demo, page }) => {
  await page.goto(demo.url);
  const { visitor, agent, step, done } = onStage(page);
  await expect(step(1)).toHaveAttribute('data-state', 'next');
  await visitor.signIn('Zoë Łukasiewicz');
  await expect(done).toHaveCount(4);
  await visitor.chatButton.click();
  await expect(done).toHaveCount(7);
  await agent.accept('Zoë Łukasiewicz');
  await expect(done).toHaveCount(8);
});

test('what passed is shown decoded, and the token itself never', async ({ demo, page }) => {
  await page.goto(demo.url);
  const { visitor, agent, step } = onStage(page);
  await visitor.signIn('Zoë Łukasiewicz');
  await expect(step(2)).toContainText('zoe@example.com');
  for (const claim of [
    'RS256',
    'c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702',
    'Zoë',
    'Łukasiewicz',
    'www.larkfield.example',
  ])
    await expect(step(3)).toContainText(claim);
  await visitor.chatButton.click();
  await expect(step(6)).toContainText('callback(token)');
  await expect(step(7)).toContainText('matches the pasted key');
  await agent.accept('Zoë Łukasiewicz');
  await expect(step(8)).toContainText('Zoë Łukasiewicz');
  expect(await page.locator('main').innerText()).not.toContain('eyJ');
});

test('a failed step says why, and the ones after it stay dark', async ({ demo, page }) => {
  await page.goto(demo.url);
  const { visitor, step } = onStage(page);
  await visitor.signIn('Tom Becker');
  await expect(step(2)).toHaveAttribute('data-state', 'failed');
  await visitor.chatButton.click();
  await expect(step(6)).toHaveAttribute('data-state', 'failed');
  await expect(step(6)).toContainText('no-contact');
  for (const dark of [3, 4, 7, 8]) await expect(step(dark)).toHaveAttribute('data-state', 'idle');
});

test('a sign-out puts the lights out, and a stage that opens later shows where things are', async ({
  demo,
  page,
  browser,
}) => {
  await page.goto(demo.url);
  const { visitor, done } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await expect(done).toHaveCount(4);
  const later = await browser.newPage();
  await later.goto(demo.url);
  await expect(onStage(later).done).toHaveCount(4);
  await later.close();
  await visitor.signOut();
  await expect(done).toHaveCount(0);
});

test('another visitor’s chat does not light this one’s steps', async ({ demo, page, browser }) => {
  const elsewhere = await browser.newPage();
  await elsewhere.goto(demo.site);
  const maya = createVisitor(elsewhere);
  await maya.signIn('Maya Okafor');
  await maya.chatButton.click();
  await expect(maya.status).toContainText('in the queue');

  await page.bringToFront();
  await page.goto(demo.url);
  const { visitor: zoe, agent, step } = onStage(page);
  await zoe.signIn('Zoë Łukasiewicz');
  await zoe.chatButton.click();
  await expect(step(7)).toHaveAttribute('data-state', 'done');
  await agent.accept('Maya Okafor');
  await expect(maya.status).toContainText('You are chatting with');
  await expect(step(8)).toHaveAttribute('data-state', 'next');
  await agent.accept('Zoë Łukasiewicz');
  await expect(step(8)).toHaveAttribute('data-state', 'done');
  await elsewhere.close();
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('visitor, steps and agent are tabs, and the one that is needed next is marked', async ({
    demo,
    page,
  }) => {
    await page.goto(demo.url);
    const { visitor, agent, step } = onStage(page);
    await visitor.signIn('Maya Okafor');
    await visitor.chatButton.click();
    await expect(page.getByRole('button', { name: 'Agent' })).toHaveAttribute('data-calls');
    await page.getByRole('button', { name: 'Agent' }).click();
    await agent.accept('Maya Okafor');
    await page.getByRole('button', { name: 'Steps' }).click();
    await expect(step(8)).toBeVisible();
    await expect(step(8)).toHaveAttribute('data-state', 'done');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBe(390);
  });
});
