/**
 * Another organisation in place of the demo's CRM, by its address and an access token.
 *
 * @module
 */
import { type Address, takeAddress } from '../demo/address.js';
import { createCrm } from '../demo/crm/app.js';
import { type ContactTable, openContacts } from '../demo/crm/database.js';
import { test as base, expect, onStage } from './demo-test.js';

const accessToken = 'organisation-token';

const test = base.extend<{ table: ContactTable; organisation: Address }>({
  async table({ browserName: _ }, use) {
    const contacts = openContacts(':memory:');
    await use(contacts);
    contacts.close();
  },
  async organisation({ table }, use) {
    const address = await takeAddress('127.0.0.1', 0);
    address.answerWith(createCrm({ origin: address.origin, contacts: table, accessToken, shownBy: [] }));
    await use(address);
    await address.close();
  },
  dynamics: ({ organisation }, use) => use({ url: organisation.origin, accessToken }),
});

test('contacts of the organisation are found, and their records open in a tab', async ({
  visitor,
  agent,
  desk,
  organisation,
}) => {
  await visitor.signIn("Patrick O'Brien");
  await visitor.chatButton.click();
  const tab = desk.waitForEvent('popup');
  await agent.accept("Patrick O'Brien");
  await expect(await tab).toHaveURL(
    new RegExp(`^${organisation.origin}/main.aspx\\?.*etn=contact.*0b7d2f68`),
  );
});

test('stage, desk and configuration open only in a browser with the key of this run', async ({
  demo,
  page,
}) => {
  for (const address of [demo.url, demo.desk, demo.configuration]) {
    expect(address).toMatch(/\?key=[\w-]{32}$/);
    const { origin, pathname } = new URL(address);
    const refused = await fetch(`${origin}${pathname}`, { headers: { origin } });
    expect(refused.status).toBe(403);
    expect(await refused.text()).toMatch(/^Open the address that was printed in the terminal/);
  }
  const { origin } = new URL(demo.configuration);
  for (const path of ['/configuration', '/desk/chats/1/accept'])
    expect((await fetch(`${origin}${path}`, { method: 'POST', headers: { origin } })).status).toBe(403);

  await page.goto(demo.url);
  expect(page.url()).not.toContain('key');
  await expect(page.frameLocator('iframe[title="Agent"]').getByText('Robin Hale')).toBeVisible();
  await expect(onStage(page).visitor.chatButton).toBeVisible();
});

test('an organisation that cannot be reached leads to the survey, and the stage says so', async ({
  organisation,
  demo,
  page,
}) => {
  await organisation.close();
  await page.goto(demo.url);
  const { visitor, step } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await expect(visitor.survey).toBeVisible();
  await expect(step(2)).toHaveAttribute('data-state', 'failed');
  await expect(step(2)).toContainText('Dynamics could not be reached');
});

test('if the contact no longer exists when Live Assist asks, the chat has no record', async ({
  table,
  visitor,
  agent,
  desk,
}) => {
  await visitor.signIn('Maya Okafor');
  table.byId = () => undefined;
  await visitor.chatButton.click();
  await agent.accept('Guest visitor');
  await expect(desk.getByText('the CRM has no record to show')).toBeVisible();
});
