/**
 * The agent's desk and the chat window behave as people expect, in every size and under faults.
 *
 * @module
 */
import { startDemo } from '../demo/start-demo.js';
import { createAgent, createVisitor, expect, startAtFixedPorts, test } from './demo-test.js';

for (const [width, height] of [
  [1280, 720],
  [1366, 768],
  [390, 844],
] as const)
  test(`after Accept at ${width}x${height} the reply field has the focus and is in view, and so are the record’s e-mail address, telephone and notes`, async ({
    visitor,
    agent,
    desk,
  }) => {
    await desk.setViewportSize({ width, height });
    await visitor.signIn('Maya Okafor');
    await visitor.chatButton.click();
    await agent.accept('Maya Okafor');
    const reply = desk.getByLabel('Message to the visitor');
    await expect(reply).toBeFocused();
    await expect(reply).toBeInViewport({ ratio: 1 });
    await expect(desk.getByRole('button', { name: 'Send' })).toBeInViewport({ ratio: 1 });
    const frame = await desk.locator('iframe').boundingBox();
    for (const text of ['maya@example.com', '7946 0142', 'Asked about a second meter']) {
      const part = agent.record.getByText(text);
      await expect(part).toBeInViewport({ ratio: 1 });
      const box = await part.boundingBox();
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual((frame?.y ?? 0) + (frame?.height ?? 0));
    }
    const conversation = await desk.locator('.conversation').boundingBox();
    // Side by side, if there is room.
    if (width > 1000) expect(conversation?.x).toBeGreaterThanOrEqual((frame?.x ?? 0) + (frame?.width ?? 0));
    expect(await desk.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

test('the record is shown only once the chat is accepted', async ({
  visitor,
  agent,
  desk,
  demo,
  browser,
}) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await expect(agent.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();

  const other = await browser.newPage();
  await other.goto(demo.site);
  const zoe = createVisitor(other);
  await zoe.signIn('Zoë Łukasiewicz');
  await zoe.chatButton.click();
  await desk.route('**/accept', (route) => route.abort());
  await agent.accept('Zoë Łukasiewicz');
  await expect(desk.getByRole('listitem').filter({ hasText: 'Zoë' }).getByRole('alert')).toContainText(
    'cannot be reached',
  );
  // Maya's conversation is open, so the record is still Maya's.
  await expect(desk.locator('#conversation-title')).toHaveText('Maya Okafor');
  await expect(agent.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();
  await desk.unroute('**/accept');
  await agent.accept('Zoë Łukasiewicz');
  await expect(agent.record.getByRole('heading', { name: 'Zoë Łukasiewicz' })).toBeVisible();
  await expect(desk.locator('#conversation-title')).toHaveText('Zoë Łukasiewicz');
  await other.close();
});

test('both sides are told about a restart, and the record is closed', async ({
  dataDir,
  page: site,
  browser,
}) => {
  const { demo, port } = await startAtFixedPorts(dataDir);
  const desk = await browser.newPage();
  const [visitor, agent] = [createVisitor(site), createAgent(desk)];
  await site.goto(demo.site);
  await desk.goto(demo.desk);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await expect(desk.locator('.record')).toBeVisible();
  await demo.close();
  await expect(desk.getByText('Offline, trying again')).toBeVisible();
  const again = await startDemo({ port, dataDir });
  try {
    await expect(desk.locator('#lost')).toContainText('Live Assist was restarted. One chat was lost');
    await expect(desk.locator('.record')).toBeHidden();
    await expect(desk.locator('.conversation')).toBeHidden();
    await expect(visitor.status).toContainText('Live Assist was restarted, and this chat was lost.');
    await expect(site.getByRole('button', { name: 'Start a new chat' })).toBeVisible();
  } finally {
    await again.close();
    await desk.close();
  }
});

test('ended chats collapse, and messages show their time', async ({ visitor, agent, desk, site }) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await visitor.say('Good morning.');
  await expect(agent.messages.locator('time')).toHaveAttribute('datetime', /^\d{4}-\d\d-\d\dT/);
  await expect(visitor.messages.locator('time')).toHaveText(/\d/);
  await site.getByRole('button', { name: 'End chat' }).click();
  await expect(visitor.status).toContainText('This chat has ended.');
  await expect(desk.locator('.record'), 'the record of a visitor who has gone').toBeHidden();
  await expect(desk.locator('.conversation')).toBeHidden();
  const ended = desk.getByText('Ended chats (1)');
  await expect(ended).toBeVisible();
  await expect(desk.getByText('No visitor is waiting.')).toBeVisible();
  await expect(desk.locator('#ended-chats li')).toBeHidden();
  await ended.click();
  await expect(desk.locator('#ended-chats li')).toContainText('Maya Okafor');
  await desk.getByRole('button', { name: 'Open the chat of Maya Okafor' }).click();
  await expect(desk.locator('#conversation-title')).toHaveText('Maya Okafor · chat ended');
  await expect(agent.messages).toContainText('Good morning.');
});

for (const [width, height] of [
  [390, 844],
  [440, 560],
  [1280, 720],
] as const)
  test(`at ${width}x${height} the chat button closes the chat, and never covers the sign-in form`, async ({
    page,
    demo,
  }) => {
    await page.setViewportSize({ width, height });
    await page.goto(demo.site);
    const { chatButton, closeButton, survey } = createVisitor(page);
    await chatButton.waitFor();
    const covered = () =>
      page.evaluate(() => {
        const host = document.querySelector('.live-assist-chat');
        const button = host?.shadowRoot?.querySelector('.launcher')?.getBoundingClientRect();
        const content = document.getElementById('content')?.getBoundingClientRect();
        const form = document.getElementById('sign-in')?.getBoundingClientRect();
        if (!button || !content || !form) throw new Error('not there');
        return (
          Math.min(form.bottom, content.bottom) > button.top &&
          form.right > button.left &&
          form.left < button.right
        );
      });
    for (const position of [0, 100, 200, 400, 10_000]) {
      await page.locator('#content').evaluate((content, top) => content.scrollTo(0, top), position);
      expect(await covered(), `scrolled to ${position}`).toBe(false);
    }
    await chatButton.click();
    await expect(survey).toBeVisible();
    await expect(chatButton).toBeHidden();
    await expect(closeButton).toHaveAttribute('aria-expanded', 'true');
    await closeButton.click();
    await expect(survey).toBeHidden();
    await expect(chatButton).toBeFocused();
  });

test('the documented console check returns a token after a sign-in without a reload, and signs nobody out', async ({
  site,
  visitor,
}) => {
  await visitor.signIn('Maya Okafor');
  const token = await site.evaluate(() => window.liveAssistBridge?.bridge?.getToken());
  expect(token).toMatch(/^eyJ/);
  await expect(site.getByRole('heading', { name: 'Good to see you, Maya.' })).toBeVisible();
  await visitor.chatButton.click();
  await expect(visitor.status).toContainText('Thanks, Maya Okafor.');
});

test('the CRM lists, searches and shows its contacts', async ({ page, demo }) => {
  await page.goto(demo.crm);
  await expect(page.getByRole('listitem')).toHaveCount(5);
  await page.getByRole('searchbox').fill("o'brien");
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('listitem')).toHaveCount(1);
  await page.getByRole('link', { name: /Patrick O'Brien/ }).click();
  await expect(page.getByRole('heading', { name: "Patrick O'Brien" })).toBeVisible();
  await expect(page.getByText('Runs the ovens at night')).toBeVisible();
  await page.getByRole('link', { name: 'All contacts' }).click();
  await page.getByRole('searchbox').fill('100%');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByRole('status')).toContainText('No contacts for “100%”');
  const missing = await page.goto(
    `${demo.crm}/main.aspx?etn=contact&id=00000000-0000-4000-8000-000000000000`,
  );
  expect(missing?.status()).toBe(404);
  await expect(page.getByRole('alert')).toContainText('There is no contact with this GUID.');
});

test('a record in a tab of its own keeps each address on one line', async ({ page, demo }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const name of ['Maya Okafor', "Patrick O'Brien"]) {
    await page.goto(demo.crm);
    await page.getByRole('link', { name }).first().click();
    const lines = await page
      .getByText('@example.com')
      .evaluate(
        (text) => text.getBoundingClientRect().height / Number.parseFloat(getComputedStyle(text).lineHeight),
      );
    expect(lines, name).toBeLessThan(1.5);
  }
});

test('a second desk shows an accepted chat without its record until it is opened there', async ({
  visitor,
  agent,
  demo,
  browser,
}) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  const page = await browser.newPage();
  await page.goto(demo.desk);
  const second = createAgent(page);
  await expect(second.chats).toHaveCount(1);
  await expect(page.locator('.record')).toBeHidden();
  await page.getByRole('button', { name: 'Open the chat of Maya Okafor' }).click();
  await expect(second.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();
  await page.close();
});
