/**
 * A new site in WebKit: `init` and `try` lead to the record at the desk.
 *
 * @module
 */
import { startNewSite } from '../testing/new-site.js';
import type { Browser } from './open-browser.js';

export const newSiteFlows = {
  'a new site: init and try lead to the record at the desk': async (browser: Browser) => {
    const site = await startNewSite();
    try {
      await browser.open(site.url);
      await browser.click('button', 'Chat with us');
      await browser.see('[role=status]', 'Trial Visitor. You are in the queue');
      await browser.openTab(site.desk);
      await browser.click('button', 'Accept the chat of Trial Visitor');
      await browser.enterFrame('iframe[title^="Record of"]');
      await browser.see('main', '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01');
    } finally {
      await site.stop();
    }
  },
};
