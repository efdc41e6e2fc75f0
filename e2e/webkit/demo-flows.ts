/**
 * The demo in WebKit: the agent knows the visitor who is signed in, and nobody else.
 *
 * @module
 */
import { deepEqual, equal } from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Demo, startDemo } from '../../demo/start-demo.js';
import type { Browser } from './open-browser.js';

const survey = 'form[aria-label="Offline survey"]';

const withDemo = (flow: (browser: Browser, demo: Demo) => Promise<unknown>) => async (browser: Browser) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'live-assist-demo-'));
  const demo = await startDemo({ port: 0, dataDir });
  try {
    await browser.open(demo.site);
    await flow(browser, demo);
  } finally {
    await demo.close();
    await rm(dataDir, { recursive: true, force: true });
  }
};

async function signIn(browser: Browser, name: string) {
  await browser.click('button', name);
  await browser.see('button', 'Sign out');
}

export const demoFlows = {
  'signs in, chats, and the agent sees the record': withDemo(async (browser, demo) => {
    await signIn(browser, 'Maya Okafor');
    await browser.click('button', 'Chat with us');
    await browser.see('[role=status]', 'Thanks, Maya Okafor. You are in the queue');
    const site = await browser.window();
    await browser.openTab(demo.desk);
    await browser.click('button', 'Accept the chat of Maya Okafor');
    await browser.type('#reply-text', 'Good morning.');
    await browser.click('button', 'Send');
    await browser.enterFrame('iframe[title^="Record of"]');
    await browser.see('main', '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01');
    await browser.turnTo(site);
    await browser.see('[role=log]', 'Good morning.');
  }),
  'fails to the offline survey for a visitor without a contact': withDemo(async (browser) => {
    await signIn(browser, 'Tom Becker');
    await browser.click('button', 'Chat with us');
    await browser.see(survey);
  }),
  'is nobody after the sign-out': withDemo(async (browser) => {
    await signIn(browser, 'Maya Okafor');
    await browser.click('button', 'Sign out');
    await browser.see('[role=status]', 'You are signed out.');
    await browser.click('button', 'Chat with us');
    await browser.see(survey);
  }),
  'is targeted in messaging, chats, comes back, and is nobody after the sign-out': withDemo(
    async (browser, demo) => {
      await browser.open(demo.configuration);
      await browser.click('input[value=messaging]');
      await browser.click('button', 'Save');
      await browser.see('[role=status]', 'Saved.');
      await browser.open(demo.site);
      await signIn(browser, 'Maya Okafor');
      await browser.click('button', 'Chat with us');
      await browser.see('[role=status]', 'Thanks, Maya Okafor. You are in the queue');
      const site = await browser.window();
      await browser.openTab(demo.desk);
      await browser.click('button', 'Accept the chat of Maya Okafor');
      await browser.enterFrame('iframe[title^="Record of"]');
      await browser.see('main', '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01');
      await browser.turnTo(site);
      await browser.open(demo.site);
      await browser.see('button', 'Back to your conversation');
      await browser.click('button', 'Sign out');
      await browser.see('[role=status]', 'You are signed out.');
      const identities =
        'Promise.all(lpTag.identities.map((identity) => new Promise((resolve) => identity(resolve))))';
      deepEqual(await browser.evaluate(identities), [null]);
      equal(await browser.evaluate("document.querySelector('.live-assist-chat').hidden"), true);
    },
  ),
};
