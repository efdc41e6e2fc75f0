/** Takes the README's picture of the demo: `npm run picture`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startDemo } from '../demo/start-demo.js';
import { chromiumLaunchOptions } from './browser/launch-options.js';
import { createAgent, createVisitor, expect } from './demo-test.js';

const dataDir = mkdtempSync(join(tmpdir(), 'live-assist-picture-'));
const demo = await startDemo({ port: 0, dataDir });
const browser = await chromium.launch(await chromiumLaunchOptions());
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, deviceScaleFactor: 2 });
await page.goto(demo.url);
const visitor = createVisitor(page.frameLocator('iframe[title="Visitor"]'));
const agent = createAgent(page.frameLocator('iframe[title="Agent"]'));
await visitor.signIn('Maya Okafor');
await visitor.chatButton.click();
await agent.accept('Maya Okafor');
await visitor.say('Hello! Why is my bill higher this month?');
await agent.say('Hello Maya, I have your record here: the studio’s second meter came in.');
await expect(visitor.messages).toContainText('second meter');
await expect(page.locator('[data-step][data-state="done"]')).toHaveCount(8);
await page.screenshot({ path: 'demo/picture.png', animations: 'disabled' });
await browser.close();
await demo.close();
rmSync(dataDir, { recursive: true });
