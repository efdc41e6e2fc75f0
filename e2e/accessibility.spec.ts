/**
 * The demo and the diagnose page can be used with a keyboard alone, and with a screen reader.
 *
 * @module
 */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { animationsFinished } from './animations-finished.js';
import { createAgent, createVisitor, expect, onStage, test } from './demo-test.js';

const findings = async (page: Page) => {
  // While something fades in, axe would measure the contrast of a transitional colour.
  await animationsFinished(page);
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

/** Presses Tab until the control with this label has the focus, also in shadow roots. */
async function tabTo(page: Page, label: string) {
  const passed: string[] = [];
  for (let presses = 0; presses < 60; presses++) {
    let name = '';
    // Each frame has an active element; the one with the focus in the innermost frame counts.
    for (const frame of page.frames()) {
      if (!(await frame.evaluate(() => document.hasFocus()))) continue;
      name = await frame.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
        if (element === document.body) return 'the page';
        return element?.ariaLabel ?? [...labels, element].map((part) => part?.textContent).join(' ');
      });
    }
    passed.push(name.trim());
    if (name.includes(label)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not lead to "${label}". It passes ${passed.join(' | ')}.`);
}

test('axe finds nothing on the site: signed out, in the survey, signed in, in a chat', async ({
  site,
  visitor,
  agent,
}) => {
  expect(await findings(site), 'signed out').toEqual([]);
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  expect(await findings(site), 'survey').toEqual([]);
  await site.reload();
  await visitor.signIn('Maya Okafor');
  expect(await findings(site), 'signed in').toEqual([]);
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await visitor.say('Hello');
  await expect(visitor.messages).toContainText('Hello');
  expect(await findings(site), 'chat').toEqual([]);
});

test('axe finds nothing on the desk, empty and with an accepted chat, nor on the record', async ({
  page: desk,
  demo,
  browser,
}) => {
  await desk.goto(demo.desk);
  expect(await findings(desk), 'empty').toEqual([]);
  const agent = createAgent(desk);
  const site = await browser.newPage();
  await site.goto(demo.site);
  const visitor = createVisitor(site);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await agent.say('Good morning.');
  await expect(agent.messages).toContainText('Good morning.');
  await expect(agent.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();
  expect(await findings(desk), 'accepted, with the record in its frame').toEqual([]);
  await desk.goto(String(desk.frames()[1]?.url()));
  expect(await findings(desk), 'the record by itself').toEqual([]);
  await site.close();
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing on the stage in ${colorScheme}: before, broken, opened, after`, async ({
    page,
    demo,
  }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto(demo.url);
    const { visitor, agent, step, done } = onStage(page);
    await visitor.chatButton.waitFor();
    expect(await findings(page), 'before').toEqual([]);
    await visitor.signIn('Maya Okafor');
    await page.getByText('Break it').click();
    expect(await findings(page), 'menu').toEqual([]);
    await page.getByRole('button', { name: 'Wrong key' }).click();
    await expect(page.locator('#broken')).toBeVisible();
    await visitor.chatButton.click();
    await expect(step(7)).toHaveAttribute('data-state', 'failed');
    await step(3).locator('summary').click();
    expect(await findings(page), 'broken').toEqual([]);
    await page.getByRole('button', { name: 'Repair everything' }).click();
    await expect(page.locator('#broken')).toBeHidden();
    await visitor.chatButton.click();
    await agent.accept('Maya Okafor');
    await expect(done).toHaveCount(8);
    await expect(page.locator('#card')).toBeVisible();
    expect(await findings(page), 'after').toEqual([]);
  });

test('axe finds nothing on the CRM’s list', async ({ page, demo }) => {
  await page.goto(`${demo.crm}/?search=maya`);
  expect(await findings(page)).toEqual([]);
});

test('axe finds nothing on the configuration, right and wrong', async ({ page, demo }) => {
  await page.goto(demo.configuration);
  expect(await findings(page), 'right').toEqual([]);
  await page.getByLabel('JWT Public Key').fill('MIIB');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('#publicKey-problem')).not.toBeEmpty();
  expect(await findings(page), 'wrong').toEqual([]);
});

test('axe finds nothing on the diagnosing page, empty and with findings', async ({ page }) => {
  await page.goto(new URL('../dist/diagnose.html', import.meta.url).href);
  expect(await findings(page), 'empty').toEqual([]);
  await page.getByLabel('Token', { exact: true }).fill('Bearer no.token.this');
  await expect(page.locator('#findings li')).not.toHaveCount(0);
  expect(await findings(page), 'findings').toEqual([]);
});

test('a keyboard alone completes the story on the stage, step by step', async ({ page, demo }) => {
  await page.goto(demo.url);
  const { visitor, agent, site, desk, step, done } = onStage(page);
  await site.getByRole('button', { name: 'Maya Okafor' }).waitFor();
  await tabTo(page, 'Maya Okafor');
  await page.keyboard.press('Enter');
  await expect(site.getByRole('heading', { name: 'Good to see you, Maya.' })).toBeFocused();
  await tabTo(page, 'Chat with us');
  await page.keyboard.press('Enter');
  await expect(site.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await agent.acceptButton.waitFor();

  await tabTo(page, 'The site signs the JWT');
  await page.keyboard.press('Enter');
  await expect(step(3).getByText('createMinter()')).toBeVisible();
  await tabTo(page, 'Accept the chat of Maya Okafor');
  await page.keyboard.press('Enter');
  await expect(desk.getByLabel('Message to the visitor')).toBeFocused();
  await expect(done).toHaveCount(8);
  await page.keyboard.type('Good morning.');
  await page.keyboard.press('Enter');
  await expect(visitor.messages).toContainText('Good morning.');
});

test('a keyboard alone signs in, chats and accepts in two windows, and a screen reader hears both sides', async ({
  site,
  desk,
  visitor,
  agent,
}) => {
  // The front window has the keyboard.
  await site.bringToFront();
  await tabTo(site, 'E-mail address');
  await site.keyboard.type('maya@example.com');
  await tabTo(site, 'Password');
  await site.keyboard.type('willow-14');
  await site.keyboard.press('Enter');
  await site.getByRole('heading', { name: 'Good to see you' }).waitFor();
  await tabTo(site, 'Chat with us');
  await site.keyboard.press('Enter');
  await expect(visitor.status).toContainText('Thanks, Maya Okafor. You are in the queue');

  await desk.bringToFront();
  await agent.acceptButton.waitFor();
  await tabTo(desk, 'Accept the chat of Maya Okafor');
  await desk.keyboard.press('Enter');
  // Accepting moves the keyboard focus to where the agent continues.
  await expect(desk.getByLabel('Message to the visitor')).toBeFocused();
  await desk.keyboard.type('Good morning.');
  await desk.keyboard.press('Enter');
  await expect(visitor.messages).toContainText('Good morning.');

  await site.bringToFront();
  await expect(site.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await site.keyboard.type('Good morning to you.');
  await site.keyboard.press('Enter');
  await expect(agent.messages).toContainText('Good morning to you.');
  for (const messages of [visitor.messages, agent.messages])
    await expect(messages).toHaveAttribute('aria-live', 'polite');
});
