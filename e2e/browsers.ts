/** Runs the browser tests in every browser of this machine: `npm run test:browsers`, or `-- firefox webkit` for some. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { bundledChromium } from './browser/bundled-chromium.js';
import { installedChromium } from './browser/installed-chromium.js';
import { installedFirefox } from './browser/installed-firefox.js';
import { installedWebKit } from './browser/installed-webkit.js';
import { notInFirefox } from './browser/not-in-firefox.js';
import { runFlows } from './webkit/run-flows.js';

interface Outcome {
  result: 'passed' | 'failed' | 'skipped';
  /** What ran, or why nothing did. */
  detail: string;
}

const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');

function runPlaywright(config: string, detail: string): Outcome {
  const { status } = spawnSync(process.execPath, [playwright, 'test', '--config', `e2e/${config}`], {
    stdio: 'inherit',
  });
  return { result: status === 0 ? 'passed' : 'failed', detail };
}

const browsers: Record<string, () => Promise<Outcome>> = {
  async chromium() {
    const path = installedChromium() ?? (await bundledChromium())?.executablePath;
    if (!path) return { result: 'skipped', detail: 'None was found. Run: npx playwright install chromium' };
    return runPlaywright('playwright.config.ts', path);
  },
  async firefox() {
    const firefox = installedFirefox();
    if (!firefox)
      return { result: 'skipped', detail: 'None was found. On Debian: apt-get install firefox-esr' };
    for (const [title, reason] of Object.entries(notInFirefox))
      console.log(`Not run in Firefox: "${title}". ${reason}.`);
    return runPlaywright('firefox.config.ts', firefox.launchOptions?.executablePath ?? 'Playwright’s own');
  },
  async webkit() {
    const webkit = installedWebKit();
    if (typeof webkit === 'string') return { result: 'skipped', detail: webkit };
    const { version, passed, failed } = await runFlows(webkit);
    return {
      result: failed ? 'failed' : 'passed',
      detail: `${version}, core flows: ${passed} passed, ${failed} failed`,
    };
  },
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in browsers));
if (unknown.length) {
  console.error(
    `There is no browser ${unknown.join(', ')}. Choose from ${Object.keys(browsers).join(', ')}.`,
  );
  process.exit(2);
}

const lines: string[] = [];
for (const [name, run] of Object.entries(browsers)) {
  const begin = performance.now();
  const { result, detail }: Outcome =
    wanted.length && !wanted.includes(name)
      ? { result: 'skipped', detail: 'it was not asked for' }
      : await run().catch((error: Error) => ({ result: 'failed', detail: error.message }));
  const seconds = Math.round((performance.now() - begin) / 1000);
  lines.push(`${name}: ${result}${result === 'skipped' ? '' : ` in ${seconds} s`} (${detail})`);
  // Who names a browser wants it run.
  if (result === 'failed' || (result === 'skipped' && wanted.includes(name))) process.exitCode = 1;
}
console.log(`\n${lines.join('\n')}`);
