/**
 * The stage leads from the first page to the record, shows what was passed, and offers a next step after every click.
 *
 * @module
 */
import type { Locator, Page } from '@playwright/test';
import { startDemo } from '../demo/start-demo.js';
import { expect, onStage, startAtFixedPorts, test } from './demo-test.js';

test.use({ viewport: { width: 1280, height: 720 } });

/** Whether the whole element is inside the window. */
async function isInView(page: Page, locator: Locator): Promise<boolean> {
  const box = await locator.boundingBox();
  const size = page.viewportSize();
  return Boolean(
    box && size && box.y >= 0 && box.y + box.height <= size.height && box.x + box.width <= size.width,
  );
}

async function expectAllStepsInView(page: Page): Promise<void> {
  const { step } = onStage(page);
  const list = await page.locator('#steps').boundingBox();
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8]) {
    expect(await isInView(page, step(number)), `step ${number} is in the window`).toBe(true);
    const box = await step(number).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0), `step ${number} is not cut off`).toBeLessThanOrEqual(
      (list?.y ?? 0) + (list?.height ?? 0) + 4,
    );
  }
}

/** The chat's window covers none of the people to click. */
async function expectPeopleAboveChat(page: Page): Promise<void> {
  const { site } = onStage(page);
  const chat = site.getByRole('dialog', { name: 'Chat' });
  const people = site.locator('.person button:visible');
  await expect
    .poll(async () => {
      const top = (await chat.boundingBox())?.y ?? 0;
      const boxes = await Promise.all((await people.all()).map((person) => person.boundingBox()));
      return boxes.length >= 3 && boxes.every((box) => box && box.y > 148 && box.y + box.height <= top);
    })
    .toBe(true);
}

test('three clicks on the marked elements lead to the record, and all eight steps stay in view', {
  tag: '@core',
}, async ({ demo, page }) => {
  await page.goto(demo.url);
  const { visitor, agent, site, desk, step, done, guide } = onStage(page);
  const people = site.locator('[data-next=people] .people').first();
  const invitation = site.getByText('Next: start the chat');
  const accept = desk.locator('[data-next]').getByRole('button', { name: /^Accept/ });

  await expect(people).toBeVisible();
  await expect(guide).toContainText('Next: click a person');
  await expect(invitation).toBeHidden();
  await expectAllStepsInView(page);

  await people.getByRole('button', { name: 'Zoë Łukasiewicz' }).click();
  await expect(done).toHaveCount(4);
  await expect(people).toBeHidden();
  await expect(invitation).toBeVisible();
  await expect(guide).toContainText('“Chat with us”');

  await visitor.chatButton.click();
  await expect(done).toHaveCount(7);
  await expect(invitation).toBeHidden();
  await expect(guide).toContainText('“Accept”');

  // Marked in words. An outline marks only the keyboard focus.
  await expect(accept).toHaveCSS('outline-style', 'none');
  expect(await accept.evaluate((button) => getComputedStyle(button, '::before').content)).toBe('"Next"');

  await accept.click();
  await expect(agent.record.getByRole('heading', { name: 'Zoë Łukasiewicz' })).toBeVisible();
  await expect(done).toHaveCount(8);
  await expectAllStepsInView(page);
  const card = page.locator('#card');
  await expect(card).toBeVisible();
  expect(await isInView(page, card), 'the last card is in the window').toBe(true);
  for (const need of [
    'live-assist-bridge.umd.js',
    'createTokenHandler()',
    'public key',
    'authoriseChatWithCallback',
    'npx live-assist-bridge init',
  ])
    await expect(card).toContainText(need);
  // Some systems have wider letters.
  await page.evaluate(() => document.documentElement.style.setProperty('letter-spacing', '0.05em'));
  await expectAllStepsInView(page);
  expect(await isInView(page, card), 'the last card in wide letters is in the window').toBe(true);

  await page.getByRole('button', { name: 'Start over' }).click();
  await expect(people).toBeVisible();
  await expect(done).toHaveCount(0);
  await expect(step(1)).toHaveAttribute('data-state', 'next');
});

test('a step opens on demand: it names the call, shows what was passed, and gives out the token only on request', async ({
  demo,
  page,
}) => {
  await page.goto(demo.url);
  const { visitor, step, done } = onStage(page);
  await visitor.signIn('Zoë Łukasiewicz');
  await expect(done).toHaveCount(4);
  await expect(step(3).getByText('createMinter()')).toBeHidden();
  await step(3).locator('summary').click();
  await expect(step(3).getByText('createMinter() of live-assist-bridge/server')).toBeVisible();
  for (const claim of ['RS256', 'c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702', 'Zoë', 'www.larkfield.example'])
    await expect(step(3)).toContainText(claim);
  expect(await page.locator('html').innerText()).not.toContain('eyJ');

  const opened = page.waitForEvent('popup');
  await step(3).getByRole('button', { name: 'Open in diagnose.html' }).click();
  const diagnosis = await opened;
  await expect(diagnosis.getByLabel('Token', { exact: true })).toHaveValue(/^eyJ/);
  await expect(diagnosis.locator('#verdict-card')).toHaveAttribute('data-level', 'good');
  expect(diagnosis.url()).toBe(`${demo.url}/diagnose.html`);

  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: demo.url });
  await page.bringToFront();
  await step(3).getByRole('button', { name: 'Copy the token' }).click();
  await expect(step(3).getByText('Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^eyJ/);

  await step(2).locator('summary').click();
  await expect(step(2).getByText('createDataverseContacts().byEmail()')).toBeVisible();
  await expect(step(3).getByText('createMinter()'), 'one step is open at a time').toBeHidden();
});

for (const [outage, answer] of [
  ['ended', undefined],
  ['ended, with a start that takes long', 503],
] as const)
  test(`says so when the demo has ${outage}, and begins the story again after the restart`, async ({
    dataDir,
    page,
  }) => {
    const { demo, port } = await startAtFixedPorts(dataDir);
    await page.goto(demo.url);
    const { visitor, agent, desk, step, done, guide } = onStage(page);
    const story = async () => {
      await visitor.signIn('Maya Okafor');
      await visitor.chatButton.click();
      await agent.accept('Maya Okafor');
      await expect(done).toHaveCount(8);
    };
    await story();
    const banner = page.locator('#ended');
    const startOver = page.getByRole('button', { name: 'Start over' });
    await expect(banner).toBeHidden();

    if (answer) await page.route('**/journey*', (route) => route.fulfill({ status: answer }));
    await demo.close();
    await expect(banner).toHaveText('The demo has ended. Run npm run demo; this page goes on by itself.');
    await expect(startOver).toBeDisabled();
    await expect(guide).toBeHidden();
    for (const pane of ['visitor', 'agent'])
      await expect(page.locator(`.frame.${pane}`)).toHaveAttribute('inert');
    // A step can still be read.
    await step(3).locator('summary').click();
    await expect(step(3)).toContainText('RS256');

    const again = await startDemo({ port, dataDir });
    try {
      if (answer) await page.unroute('**/journey*');
      await expect(banner).toContainText('Sessions and chats were lost, so the story begins again.');
      await expect(done).toHaveCount(0);
      await expect(guide).toContainText('Next: click a person');
      await expect(startOver).toBeEnabled();
      await expect(desk.getByText('No visitor is waiting.')).toBeVisible();
      await story();
      await expect(banner).toBeHidden();
    } finally {
      await again.close();
    }
  });

test('a guest who clicks the chat is led to the sign-in, which remains accessible', async ({
  demo,
  page,
}) => {
  await page.goto(demo.url);
  const { visitor, step, done, guide } = onStage(page);
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(step(1)).toHaveAttribute('data-state', 'failed');
  await expect(step(1)).toContainText('Sign in on the site');
  await expect(guide).toContainText('Next: click a person');
  await expect(step(5), 'nothing after the failure is lit').not.toHaveAttribute('data-state', 'done');
  await expectPeopleAboveChat(page);
  await visitor.signIn("Patrick O'Brien");
  await expect(done).toHaveCount(4);
  await expect(visitor.survey).toBeHidden();
});

test('a visitor without a contact fails at step 2, and signing in as another person continues', async ({
  demo,
  page,
}) => {
  await page.goto(demo.url);
  const { visitor, site, step, failed, guide, done } = onStage(page);
  await visitor.signIn('Tom Becker');
  await expect(step(2)).toHaveAttribute('data-state', 'failed');
  await expect(step(2)).toContainText('no active contact with the address tom@example.com');
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(visitor.survey.getByLabel('Reply to'), 'the site knows the address').toHaveValue(
    'tom@example.com',
  );
  await expect(failed).toHaveCount(1);
  for (const dark of [3, 4, 6, 7, 8]) await expect(step(dark)).toHaveAttribute('data-state', 'idle');
  await expect(guide).toContainText('another person');
  await expect(site.getByRole('button', { name: 'Tom Becker' }), 'who is signed in').toBeHidden();
  await expectPeopleAboveChat(page);
  await visitor.signIn('Maya Okafor');
  await expect(done).toHaveCount(4);
});

for (const [fault, failing, remedy, needsClick] of [
  ['Wrong key in Live Assist', 7, 'JWT Public Key', true],
  ['Misspelt method name', 6, 'The nearest name on the page is authoriseChatWithCallback', true],
  ['Token endpoint down', 4, 'site’s server', false],
  ['Expired token', 3, 'set the server’s clock', true],
] as const)
  test(`"${fault}" fails at step ${failing} with its remedy, and one click repairs it`, async ({
    demo,
    page,
  }) => {
    await page.goto(demo.url);
    const { visitor, agent, step, failed, done, guide } = onStage(page);
    await visitor.signIn('Maya Okafor');
    await expect(done).toHaveCount(4);
    await page.getByText('Break it').click();
    await page.getByRole('button', { name: fault }).click();
    await expect(page.locator('#broken')).toContainText(`Broken: ${fault}.`);
    if (needsClick) {
      await visitor.chatButton.click();
      await expect(visitor.survey).toBeVisible();
    }
    await expect(step(failing)).toHaveAttribute('data-state', 'failed');
    await expect(step(failing).locator('.remedy')).toContainText(remedy);
    expect(await isInView(page, step(failing)), 'the failed step with its remedy is in the window').toBe(
      true,
    );
    await expect(failed, 'only the step that failed is marked').toHaveCount(1);
    await expect(agent.record.locator('main'), 'no record is left over').toBeHidden();
    await expect(guide).toContainText('Repair everything');

    await page.getByRole('button', { name: 'Repair everything' }).click();
    await expect(page.locator('#broken')).toBeHidden();
    await expect(failed).toHaveCount(0);
    await expect(done).toHaveCount(4);
    await visitor.chatButton.click();
    await expect(done).toHaveCount(7);
    await agent.accept('Maya Okafor');
    await expect(done).toHaveCount(8);
  });

test('the same click repairs what an administrator entered wrongly', async ({ demo, page }) => {
  const screen = await page.context().newPage();
  await screen.goto(demo.configuration);
  await screen.getByLabel('JWT Issuer').fill('https://www.larkfield.example');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect(screen.getByRole('status')).toContainText('Saved.');

  await page.bringToFront();
  await page.goto(demo.url);
  const { visitor, step, done } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(step(7)).toHaveAttribute('data-state', 'failed');
  await expect(step(7).locator('.remedy')).toContainText('JWT Issuer');
  await page.getByRole('button', { name: 'Repair everything' }).click();
  await expect(page.locator('#broken')).toBeHidden();
  await visitor.chatButton.click();
  await expect(done).toHaveCount(7);
  await screen.goto(demo.configuration);
  await expect(screen.getByLabel('JWT Issuer')).toHaveValue('www.larkfield.example');
});

test('a sign-out clears the stage, and a second stage in the same browser shows the current state', async ({
  demo,
  page,
}) => {
  await page.goto(demo.url);
  const { visitor, done } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(done).toHaveCount(7);
  const later = await page.context().newPage();
  await later.goto(demo.url);
  await expect(onStage(later).done).toHaveCount(7);
  await later.close();
  await page.bringToFront();
  await visitor.closeButton.click();
  await visitor.signOut();
  await expect(done).toHaveCount(0);
});

test('visitors in two browsers are kept apart', async ({ demo, page, browser }) => {
  const elsewhere = await browser.newPage();
  await elsewhere.goto(demo.url);
  const maya = onStage(elsewhere);
  // Even with the same person twice, each stage follows its own visitor.
  await maya.visitor.signIn('Maya Okafor');
  await maya.visitor.chatButton.click();
  await expect(maya.done).toHaveCount(7);

  await page.bringToFront();
  await page.goto(demo.url);
  const { visitor, agent, step, done } = onStage(page);
  await expect(done).toHaveCount(0);
  await visitor.signIn('Maya Okafor');
  await expect(done).toHaveCount(4);
  await agent.acceptButton.first().click();
  await expect(maya.visitor.status.or(maya.visitor.messages).first()).toBeAttached();
  await visitor.chatButton.click();
  await expect(step(7)).toHaveAttribute('data-state', 'done');
  const states = async (stage: typeof maya) => [await stage.done.count(), await stage.failed.count()];
  await expect.poll(() => states(maya)).toEqual([8, 0]);
  expect(await states(onStage(page))).toEqual([7, 0]);
  await elsewhere.close();
});

test('tells which ports to forward if the browser does not reach them', async ({ demo, page }) => {
  await page.route(`${demo.site}/**`, (route) => route.abort());
  await page.goto(demo.url);
  await expect(page.locator('#unreachable')).toContainText(demo.site.replace('http://', ''));
  for (const { port } of [demo.url, demo.site, demo.desk, demo.crm].map((url) => new URL(url)))
    await expect(page.locator('#unreachable')).toContainText(`-L ${port}:localhost:${port}`);
});

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 390, height: 844 } });

  test('visitor, steps and agent are tabs, and the tab that is needed next is marked', async ({
    demo,
    page,
  }) => {
    await page.goto(demo.url);
    const { visitor, agent, step } = onStage(page);
    await visitor.signIn('Maya Okafor');
    await visitor.chatButton.click();
    const tab = (name: string) => page.locator('#tabs').getByRole('button', { name });
    await expect(tab('Agent').getByText('next')).toBeVisible();
    await tab('Agent').click();
    await expect(tab('Agent').getByText('next')).toBeHidden();
    await agent.accept('Maya Okafor');
    await tab('Steps').click();
    await expect(step(8)).toHaveAttribute('data-state', 'done');
    await expectAllStepsInView(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(
      page.frameLocator('iframe[title="Visitor"]').getByRole('button', { name: 'Maya Okafor' }),
    ).toBeVisible();
  });
});
