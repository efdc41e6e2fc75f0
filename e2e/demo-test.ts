/**
 * A demo of its own for each test, with a visitor and an agent in separate browsers.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type Demo, type DemoOptions, startDemo } from '../demo/start-demo.js';

export { expect } from '@playwright/test';

/** What a visitor does on the site. Takes a page or the frame that shows it. */
export function createVisitor(page: Pick<Page, 'getByRole' | 'getByLabel' | 'getByText'>) {
  const chatButton = page.getByRole('button', { name: 'Chat with us' });
  return {
    chatButton,
    closeButton: page.getByRole('button', { name: 'Close chat' }),
    messages: page.getByRole('log', { name: 'Messages' }),
    status: page.getByRole('dialog', { name: 'Chat' }).getByRole('status'),
    survey: page.getByRole('form', { name: 'Offline survey' }),
    async signIn(name: string) {
      await page.getByRole('button', { name }).click();
      const [firstName] = name.split(' ');
      await page.getByRole('heading', { name: `Good to see you, ${firstName}.` }).waitFor();
    },
    async signOut() {
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByText('You are signed out.').waitFor();
    },
    async say(text: string) {
      await page.getByRole('textbox', { name: 'Message' }).fill(text);
      await page.getByRole('button', { name: 'Send' }).click();
    },
  };
}

/** What an agent does at the desk. */
export function createAgent(page: Pick<Page, 'getByRole' | 'getByLabel' | 'frameLocator'>) {
  return {
    chats: page
      .getByRole('list')
      .getByRole('listitem')
      .filter({ hasText: /Waiting|In chat|Ended/ }),
    acceptButton: page.getByRole('button', { name: /^Accept/ }),
    record: page.frameLocator('iframe[title^="Record of"]'),
    messages: page.getByRole('log', { name: 'Messages' }),
    accept: (name: string) => page.getByRole('button', { name: `Accept the chat of ${name}` }).click(),
    async say(text: string) {
      await page.getByLabel('Message to the visitor').fill(text);
      await page.getByRole('button', { name: 'Send' }).click();
    },
  };
}

/** The stage, with the visitor and the agent in its frames. */
export const onStage = (page: Page) => ({
  visitor: createVisitor(page.frameLocator('iframe[title="Visitor"]')),
  agent: createAgent(page.frameLocator('iframe[title="Agent"]')),
  site: page.frameLocator('iframe[title="Visitor"]'),
  desk: page.frameLocator('iframe[title="Agent"]'),
  step: (number: number) => page.locator(`[data-step="${number}"]`),
  done: page.locator('[data-step][data-state="done"]'),
  failed: page.locator('[data-step][data-state="failed"]'),
  guide: page.locator('#guide'),
});

interface Fixtures {
  dataDir: string;
  dynamics: DemoOptions['dynamics'];
  demo: Demo;
  site: Page;
  desk: Page;
  visitor: ReturnType<typeof createVisitor>;
  agent: ReturnType<typeof createAgent>;
}

export const test = base.extend<Fixtures>({
  dynamics: [undefined, { option: true }],
  async dataDir({ browserName: _ }, use) {
    const folder = mkdtempSync(join(tmpdir(), 'live-assist-demo-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  async demo({ dataDir, dynamics }, use) {
    const demo = await startDemo({ port: 0, dataDir, dynamics });
    await use(demo);
    await demo.close();
  },
  async site({ demo, page }, use) {
    await page.goto(demo.site);
    await use(page);
  },
  async desk({ demo, browser }, use) {
    const page = await browser.newPage();
    await page.goto(demo.desk);
    await use(page);
    await page.close();
  },
  visitor: ({ site }, use) => use(createVisitor(site)),
  agent: ({ desk }, use) => use(createAgent(desk)),
});

/** A demo with four consecutive ports, so that it restarts on the same ports. */
export async function startAtFixedPorts(dataDir: string): Promise<{ demo: Demo; port: number }> {
  for (let attempt = 0; attempt < 20; attempt++) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    const demo = await startDemo({ port, dataDir }).catch(() => undefined);
    const ports = demo && [demo.site, demo.desk, demo.crm].map((url) => Number(new URL(url).port));
    if (demo && ports?.every((taken, index) => taken === port + 1 + index)) return { demo, port };
    await demo?.close();
  }
  throw new Error('No four free ports in a row were found.');
}
