import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { chromium } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { example } from '../docs/pages.js';
import { createProject } from './project.js';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const files = {
  'app/layout.jsx': `
    export default function Layout({ children }) {
      return <html lang="en"><body>{children}</body></html>;
    }`,
  'app/page.jsx': `
    import { Chat } from './chat.jsx';
    export default function Page() { return <Chat visitor="ada" />; }`,
  'app/chat.jsx': `'use client';
    import { useLiveAssist } from './use-live-assist';
    export function Chat({ visitor }) { useLiveAssist(visitor); return <p>{visitor}</p>; }`,
  'app/use-live-assist.tsx': example('react.tsx'),
  'token-endpoint.ts': example('trial.ts'),
  'app/live-assist/token/route.ts': example('next.ts'),
  'private_key.pem': privateKey,
};

let project: Awaited<ReturnType<typeof createProject>>;
let server: ChildProcess;
let origin = '';
beforeAll(async () => {
  project = await createProject(files, ['next@16', 'react@19', 'react-dom@19']);
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

  it('hands the token over in the browser', async () => {
    const browser = await chromium.launch(await chromiumLaunchOptions());
    try {
      const context = await browser.newContext();
      await context.addCookies([{ name: 'demo', value: 'maya', url: origin }]);
      const page = await context.newPage();
      await page.goto(origin);
      await page.waitForFunction(() => window.authoriseChatWithCallback);
      const answer = await page.evaluate(
        () =>
          new Promise<unknown[]>((resolve) => window.authoriseChatWithCallback?.((...args) => resolve(args))),
      );
      expect(answer).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)]);
    } finally {
      await browser.close();
    }
  });

  it('sends nothing of the server kit to browsers', async () => {
    const scripts = await project.scripts('.next/static');
    expect(scripts).toContain('Unable to generate key');
    expect(scripts).not.toMatch(/PRIVATE KEY|JWSInvalid|importPKCS8|contactid/);
  });
});
