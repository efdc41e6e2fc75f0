/**
 * The visitor who is signed in clicks "chat", and the agent who accepts sees who it is.
 *
 * @module
 */
import { generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { createVisitor, expect, onStage, test } from './demo-test.js';

test('the agent who accepts sees the record of the visitor who is signed in', { tag: '@core' }, async ({
  visitor,
  agent,
}) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(visitor.status).toContainText('Thanks, Maya Okafor. You are in the queue');
  await agent.accept('Maya Okafor');
  await expect(agent.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();
  await expect(agent.record.getByText('5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01')).toBeVisible();
  await expect(visitor.status).toContainText('You are chatting with Robin Hale, as Maya Okafor.');
});

test('messages go both ways', { tag: '@core' }, async ({ visitor, agent }) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await visitor.say('Is <b>this</b> safe?');
  await expect(agent.messages).toContainText('Is <b>this</b> safe?');
  await agent.say('Perfectly.');
  await expect(visitor.messages).toContainText('Perfectly.');
});

test('two visitors at once each get their own record', { tag: '@core' }, async ({
  visitor,
  agent,
  demo,
  browser,
}) => {
  const other = await browser.newPage();
  await other.goto(demo.site);
  const zoe = createVisitor(other);
  await visitor.signIn("Patrick O'Brien");
  await zoe.signIn('Zoë Łukasiewicz');
  await visitor.chatButton.click();
  await zoe.chatButton.click();
  await agent.accept('Zoë Łukasiewicz');
  await expect(agent.record.getByRole('heading', { name: 'Zoë Łukasiewicz' })).toBeVisible();
  await agent.accept("Patrick O'Brien");
  await expect(agent.record.getByRole('heading', { name: "Patrick O'Brien" })).toBeVisible();
  await other.close();
});

test('a signed-out visitor gets the offline survey, and the message reaches the desk', {
  tag: '@core',
}, async ({ site, visitor, desk }) => {
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await site.getByLabel('Reply to').fill('guest@example.com');
  await site.getByLabel('Your message').fill('Please call me back.');
  await site.getByRole('button', { name: 'Leave message' }).click();
  await expect(site.getByText('We have received your message')).toBeVisible();
  await expect(desk.getByText('Please call me back.')).toBeVisible();
  await expect(desk.getByText('No visitor is waiting')).toBeVisible();
});

test('a visitor without a contact gets the offline survey', async ({ visitor, agent }) => {
  await visitor.signIn('Tom Becker');
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(agent.chats).toHaveCount(0);
});

test('a token signed with another key is refused', { tag: '@core' }, async ({ page, demo, browser }) => {
  const { publicKey } = await generateKeys();
  const screen = await browser.newPage();
  await screen.goto(demo.configuration);
  await screen.getByLabel('JWT Public Key').fill(await publicKeyValue(publicKey));
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect(screen.getByRole('status')).toContainText('Saved.');
  await screen.close();

  await page.goto(demo.url);
  const { visitor, agent, step } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(agent.chats).toHaveCount(0);
  await expect(step(7)).toHaveAttribute('data-state', 'failed');
  await expect(step(7)).toContainText('The signature does not match the JWT Public Key.');
});

test('the agent sees only the visitor who signed in last on the same page', {
  tag: '@core',
}, async ({ site, visitor, desk, agent }) => {
  // Requests for the page of a contact's record.
  const popped: string[] = [];
  desk.on('request', (request) => request.url().includes('main.aspx') && popped.push(request.url()));
  const loaded = await site.evaluate(() => performance.timeOrigin);

  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(agent.acceptButton).toHaveCount(1);
  await visitor.signOut();
  await expect(agent.acceptButton).toHaveCount(0);

  await visitor.signIn('Zoë Łukasiewicz');
  await visitor.chatButton.click();
  await expect(visitor.status).toContainText('Thanks, Zoë Łukasiewicz. You are in the queue');
  await agent.acceptButton.click();
  await expect(agent.record.getByRole('heading', { name: 'Zoë Łukasiewicz' })).toBeVisible();

  expect(await site.evaluate(() => performance.timeOrigin), 'the page was not reloaded').toBe(loaded);
  expect(popped).toHaveLength(1);
  expect(popped[0]).toContain('c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702');
});

test('a visitor who has signed out on the same page is a guest', { tag: '@core' }, async ({
  site,
  visitor,
  agent,
}) => {
  await visitor.signIn('Maya Okafor');
  const token = site.waitForResponse('**/live-assist/token');
  await site.reload();
  expect((await token).status(), 'the bridge of the loaded page has a token').toBe(200);
  await visitor.signOut();
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(agent.chats).toHaveCount(0);
});

test('a sign-out while Live Assist waits for the token leaves no chat behind', async ({
  site,
  visitor,
  agent,
}) => {
  await visitor.signIn('Maya Okafor');
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const asked = site.waitForRequest('**/engagements/*/answer');
  await site.route('**/engagements/*/answer', async (route) => {
    await held;
    await route.continue();
  });
  await visitor.chatButton.click();
  await asked;
  await visitor.signOut();
  const ended = site.waitForResponse('**/chats/*/end');
  release();
  await ended;
  await expect(agent.acceptButton).toHaveCount(0);
});

test('a method of another name is looked up at the click', async ({ page, demo, browser }) => {
  const screen = await browser.newPage();
  await screen.goto(demo.configuration);
  await screen.getByLabel('JS Method Name').fill('auth.getAuthenticationToken');
  await screen.getByRole('button', { name: 'Save' }).click();
  await expect(screen.getByRole('status')).toContainText('Saved.');
  await screen.close();
  await page.goto(demo.url);
  const { visitor, step } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(step(6)).toHaveAttribute('data-state', 'failed');
  await expect(step(6)).toContainText('auth.getAuthenticationToken');
});

test('a message that cannot be sent stays in the field', async ({ site, visitor, agent }) => {
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await site.route('**/chats/*/messages', (route) => route.abort());
  await visitor.say('Do you read me?');
  await expect(site.getByText('cannot be reached')).toBeVisible();
  await expect(site.getByRole('textbox', { name: 'Message' })).toHaveValue('Do you read me?');
});
