/**
 * Runs the core flows in WebKit, each in its own session, and prints each result.
 *
 * @module
 */
import type { InstalledWebKit } from '../browser/installed-webkit.js';
import { bridgeFlows } from './bridge-flows.js';
import { demoFlows } from './demo-flows.js';
import { engagementFlows } from './engagement-flows.js';
import { newSiteFlows } from './new-site-flows.js';
import { openBrowser } from './open-browser.js';
import { startDriver } from './start-driver.js';

/** @throws Error if the browser does not start. */
export async function runFlows(webkit: InstalledWebKit) {
  const driver = await startDriver(webkit);
  let version = '';
  let passed = 0;
  let failed = 0;
  try {
    for (const [name, flow] of Object.entries({
      ...demoFlows,
      ...bridgeFlows,
      ...engagementFlows,
      ...newSiteFlows,
    })) {
      const browser = await openBrowser(driver.url, webkit.miniBrowser);
      version = browser.version;
      const begin = performance.now();
      const failure = await flow(browser).then(
        () => undefined,
        (error: Error) => error,
      );
      await browser.close();
      console.log(`  ${failure ? '✘' : '✓'}  ${name} (${((performance.now() - begin) / 1000).toFixed(1)}s)`);
      if (failure) console.log(failure.stack);
      if (failure) failed++;
      else passed++;
    }
  } finally {
    await driver.stop();
  }
  return { version, passed, failed };
}
