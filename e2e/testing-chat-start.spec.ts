/**
 * The suite that a QA engineer writes for a site with the bridge, as in docs/testing.md.
 *
 * @module
 */
import { expect, maya, signIn, signOut, test, tom, zoe } from './testing/larkfield.js';

test.beforeEach(({ page }) => page.goto('/'));

test.describe('chat start', () => {
  test('signed in: the agent gets the record of the visitor', { tag: '@core' }, async ({
    page,
    engagement,
  }) => {
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
    await page.reload();
    expect(await engagement.start()).toBeAuthenticatedAs({ sub: maya.contact, given_name: 'Maya' });
  });

  test('signed in: names beyond ASCII arrive as they are', async ({ page, engagement }) => {
    await signIn(page, zoe);
    expect(await engagement.start()).toBeAuthenticatedAs({ given_name: 'Zoë', family_name: 'Łukasiewicz' });
  });

  test('signed out: the visitor gets the offline survey', async ({ engagement }) => {
    expect(await engagement.start()).toBeRefused('signed-out');
  });

  test('signed in without a contact in the CRM', async ({ page, engagement }) => {
    await signIn(page, tom);
    expect(await engagement.start()).toBeRefused('no-contact');
  });

  test('as the visitor sees it', async ({ page, engagement }) => {
    await signIn(page, maya);
    const liveAssist = await engagement.show();
    await liveAssist.button.click();
    await expect(liveAssist.status).toHaveText('You are chatting as Maya Okafor.');
    await signOut(page);
    await liveAssist.button.click();
    await expect(liveAssist.status).toHaveText('No agent is available. Leave a message.');
    expect(await liveAssist.chat()).toBeRefused('signed-out');
  });
});

test.describe('the token expires during the visit', () => {
  test('Live Assist asks again and gets a new one', async ({ page, engagement }) => {
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
    expect(await engagement.askAgain()).toBeAuthenticatedAs(maya.contact);
  });

  test('an expired one is never handed over', async ({ page, engagement, faults }) => {
    await faults.expiredToken();
    await signIn(page, maya);
    expect(await engagement.start()).toBeRefused('token-expired');
  });
});

test.describe('the visitor changes', () => {
  test('on the page', async ({ page, engagement }) => {
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
    await signOut(page);
    expect(await engagement.start()).toBeRefused('signed-out');
    await signIn(page, zoe);
    expect(await engagement.start()).toBeAuthenticatedAs(zoe.contact);
  });

  test('in a second tab, which signs out', async ({ page, engagement, faults }) => {
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
    await faults.signOutInOtherTab(async (tab) => {
      await tab.goto('/');
      await signOut(tab);
    });
    expect(await engagement.start()).toBeRefused('signed-out');
  });

  test('in a second tab, to somebody else', async ({ page, engagement, faults }) => {
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
    await faults.signOutInOtherTab(async (tab) => {
      await tab.goto('/');
      await signOut(tab);
      await signIn(tab, zoe);
    });
    expect(await engagement.start()).not.toBeAuthenticatedAs(maya.contact);
  });
});

test.describe('something is broken', () => {
  test('the token endpoint is down, and back', async ({ page, engagement, faults }) => {
    await faults.down();
    await signIn(page, maya);
    expect(await engagement.start()).toBeRefused('network');
    await faults.end();
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
  });

  test('the token endpoint fails', async ({ page, engagement, faults }) => {
    await faults.status(500);
    await signIn(page, maya);
    expect(await engagement.start()).toBeRefused('endpoint-failed');
  });

  test('the token endpoint takes a minute', async ({ page, engagement, faults }) => {
    await faults.slow(60_000);
    await signIn(page, maya);
    const chat = await engagement.start();
    expect(chat).toBeRefused('timeout');
    expect(chat.milliseconds).toBeLessThan(10_000);
  });

  test('another environment signs the tokens', async ({ page, engagement, faults }) => {
    await faults.foreignKey();
    await signIn(page, maya);
    expect(await engagement.start()).toBeRefused('other-pair');
  });

  test("the visitor's clock is a day late", async ({ page, engagement, faults }) => {
    await faults.clockSkew(-24 * 60 * 60 * 1000);
    await signIn(page, maya);
    expect(await engagement.start()).toBeAuthenticatedAs(maya.contact);
  });
});
