/**
 * The test kit, pointed at the small site.
 *
 * @module
 */
import { test as kit } from 'live-assist-bridge/testing/playwright';
import { type Site, startSite } from './site.js';

export { expect } from 'live-assist-bridge/testing/playwright';

export const test = kit.extend<{ signIn: (visitor: string) => Promise<void> }, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what a fixture needs from here
    async ({}, use) => {
      const site = await startSite();
      await use(site);
      site.close();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ site }, use) => use(site.url),
  liveAssist: ({ site: { publicKey, issuer } }, use) => use({ tokenEndpoint: '/token', publicKey, issuer }),
  signIn: ({ context, site }, use) =>
    use((value) => context.addCookies([{ name: 'visitor', value, url: site.url }])),
});
