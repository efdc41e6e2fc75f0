/**
 * Takes the README's pictures of the demo, in light and dark: `npm run picture`.
 *
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startDemo } from '../demo/start-demo.js';
import { chromiumLaunchOptions } from './browser/launch-options.js';
import { expect, onStage } from './demo-test.js';

const browser = await chromium.launch(await chromiumLaunchOptions());
for (const [colorScheme, path] of [
  ['light', 'demo/picture.png'],
  ['dark', 'demo/picture-dark.png'],
] as const) {
  const dataDir = mkdtempSync(join(tmpdir(), 'live-assist-picture-'));
  const demo = await startDemo({ port: 0, dataDir });
  const page = await browser.newPage({
    viewport: { width: 1280, height: 760 },
    deviceScaleFactor: 1.5,
    colorScheme,
  });
  await page.goto(demo.url);
  const { visitor, agent, done } = onStage(page);
  await visitor.signIn('Maya Okafor');
  await visitor.chatButton.click();
  await agent.accept('Maya Okafor');
  await visitor.say('Hello! Why is my bill higher this month?');
  await agent.say('Hello Maya. The studio’s second meter was added, I see.');
  await expect(visitor.messages).toContainText('second meter');
  await expect(done).toHaveCount(8);
  // The record's frame is still loading when the eighth step is lit.
  await expect(agent.record.getByRole('heading', { name: 'Maya Okafor' })).toBeVisible();
  await page.screenshot({ path, animations: 'disabled' });
  await page.close();
  await demo.close();
  rmSync(dataDir, { recursive: true });
}
await browser.close();
