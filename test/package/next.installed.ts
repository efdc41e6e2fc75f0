import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { token } from '../bridge/site.js';
import { example } from '../docs/pages.js';
import { nextTags, waysToLoad } from './next-tags.js';
import { createProject } from './project.js';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const files = {
  ...nextTags,
  'app/(module)/layout.jsx': `
    export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>;
    }`,
  'app/(module)/page.jsx': `
    import { Chat } from './chat.jsx';
    export default function Page() { return <Chat visitor="ada" />; }`,
  'app/(module)/chat.jsx': `'use client';
    import { useLiveAssist } from './use-live-assist';
    export function Chat({ visitor }) { useLiveAssist(visitor); return <p>{visitor}</p>; }`,
  'app/(module)/use-live-assist.tsx': example('react.tsx'),
  'token-endpoint.ts': example('trial.ts'),
  'app/live-assist/token/route.ts': example('next.ts'),
  // With a middleware, Next also routes /_next/data/<build>/…json to the endpoint.
  'proxy.ts': `
    import { NextResponse } from 'next/server';
    export const proxy = () => NextResponse.next();`,
  'private_key.pem': privateKey,
};

let project: Awaited<ReturnType<typeof createProject>>;
let server: ChildProcess;
let origin = '';
beforeAll(async () => {
  project = await createProject(files, ['next@16', 'react@19', 'react-dom@19']);
  await mkdir(join(project.folder, 'public/js'), { recursive: true });
  const file = 'live-assist-bridge.umd.js';
  await copyFile(
    join(project.folder, 'node_modules/live-assist-bridge/dist', file),
    join(project.folder, 'public/js', file),
  );
  const next = 'node_modules/next/dist/bin/next';
  await project.run(process.execPath, [next, 'build'], { NEXT_TELEMETRY_DISABLED: '1' });
  server = spawn(process.execPath, [next, 'start', '--port', '0'], {
    cwd: project.folder,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const text of server.stdout ?? []) {
    origin = /http:\/\/localhost:\d+/.exec(`${text}`)?.[0] ?? '';
    if (origin) break;
  }
}, 300_000);
afterAll(async () => {
  server?.kill();
  await project?.remove();
});

/** A page that is closed after the test. */
async function openBrowser(): Promise<{ context: BrowserContext; page: Page }> {
  const browser = await chromium.launch(await chromiumLaunchOptions());
  onTestFinished(() => browser.close());
  const context = await browser.newContext();
  return { context, page: await context.newPage() };
}

/** Waits for the method, and calls it as Live Assist does. */
async function engage(page: Page): Promise<unknown[]> {
  await page.waitForFunction(() => window.authoriseChatWithCallback);
  return page.evaluate(
    () => new Promise<unknown[]>((resolve) => window.authoriseChatWithCallback?.((...args) => resolve(args))),
  );
}

const refusal = [null, 'Unable to generate key'];

describe('a Next app', () => {
  it('answers the signed-in visitor with a token and refuses others', async () => {
    const answer = await fetch(`${origin}/live-assist/token`, { headers: { Cookie: 'demo=maya' } });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    expect(await answer.json()).toEqual({ token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) });
    const refused = await fetch(`${origin}/live-assist/token`);
    expect(refused.status).toBe(401);
    const headers = { Cookie: 'demo=maya', Origin: 'https://elsewhere.example' };
    expect((await fetch(`${origin}/live-assist/token`, { headers })).status).toBe(403);
  });

  it('gives no token at a path that a CDN may take for a file', async () => {
    const build = await readFile(join(project.folder, '.next/BUILD_ID'), 'utf8');
    for (const path of [`/_next/data/${build}/live-assist/token.json`, '/live-assist/%74oken']) {
      const answer = await fetch(origin + path, { headers: { Cookie: 'demo=maya' } });
      expect([path, answer.status]).toEqual([path, 404]);
      expect(await answer.text()).not.toContain('eyJ');
    }
  });

  it('hands the token over in the browser', async () => {
    const { context, page } = await openBrowser();
    await context.addCookies([{ name: 'demo', value: 'maya', url: origin }]);
    await page.goto(origin);
    expect(await engage(page)).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)]);
  });

  it.each(waysToLoad)('follows the visitor with the tag loaded as %s', async (way) => {
    const { context, page } = await openBrowser();
    const written: string[] = [];
    page.on('console', (message) => written.push(message.text()));
    const tokens = { maya: token({ sub: 'maya' }), noor: token({ sub: 'noor' }) };
    let visitor: keyof typeof tokens | undefined;
    await context.route('**/live-assist/token', (route) =>
      route.fulfill(visitor ? { json: { token: tokens[visitor] } } : { status: 401 }),
    );
    const become = async (next: typeof visitor) => {
      visitor = next;
      await context.clearCookies();
      if (next) await context.addCookies([{ name: 'visitor', value: next, url: origin }]);
      await page.getByRole('button', { name: 'Refresh' }).click();
      await page
        .locator('output')
        .getByText(next ?? /^$/)
        .waitFor({ state: 'attached' });
      if (way !== 'plain') await page.evaluate(() => window.liveAssistBridge?.bridge?.forgetToken());
    };

    await page.goto(`${origin}/${way}`);
    expect(await engage(page)).toEqual(refusal);
    await become('maya');
    expect(await engage(page)).toEqual([tokens.maya]);
    await page.getByRole('link', { name: 'Account' }).click();
    await page.getByRole('heading', { name: 'Account' }).waitFor();
    expect(await engage(page)).toEqual([tokens.maya]);
    await become('noor');
    expect(await engage(page)).toEqual([tokens.noor]);
    const { first, visitor: printed } = await page
      .locator('script[data-token-endpoint]')
      .evaluate((tag) => ({ ...tag.dataset }));
    expect([first, printed]).toEqual(way === 'plain' ? [undefined, 'noor'] : ['', undefined]);
    await become(undefined);
    expect(await engage(page)).toEqual(refusal);
    expect(written.filter((text) => text.startsWith('live-assist-bridge'))).toEqual([]);
  });

  it('sends nothing of the server kit to browsers', async () => {
    const scripts = await project.scripts('.next/static');
    expect(scripts).toContain('Unable to generate key');
    expect(scripts).not.toMatch(/PRIVATE KEY|JWSInvalid|importPKCS8|contactid/);
  });
});
