// @vitest-environment jsdom

import type {} from 'live-assist-bridge';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createProject } from './project.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = Math.floor(Date.now() / 1000);
const token = `${part({ alg: 'RS256' })}.${part({ sub: 'a', iat: seconds, exp: seconds + 7200 })}.${'A'.repeat(342)}`;

let project: Awaited<ReturnType<typeof createProject>>;
beforeAll(async () => {
  project = await createProject(
    {
      'index.html': '<!doctype html><title>Site</title><script type="module" src="/src/main.js"></script>',
      'src/index.js': `import './main.js';`,
      'src/main.js': `
        import { createBridge } from 'live-assist-bridge';
        createBridge({ tokenEndpoint: '/live-assist/token' });`,
    },
    ['vite@8', 'webpack@5', 'webpack-cli'],
  );
}, 120_000);
afterAll(() => project.remove());

describe.each([
  ['Vite', ['vite', 'build', '--outDir', 'vite']],
  ['webpack', ['webpack', '--mode', 'production', '--output-path', 'webpack']],
])('a bundle by %s', (_name, [tool = '', ...args]) => {
  let bundle = '';
  beforeAll(async () => {
    await project.run('npx', ['--no-install', tool, ...args]);
    bundle = await project.scripts(tool);
  }, 120_000);

  it('answers Live Assist', async () => {
    vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ token })));
    new Function(bundle)();
    const answer = await new Promise((resolve) => {
      window.authoriseChatWithCallback?.((...args: unknown[]) => resolve(args));
    });
    expect(answer).toEqual([token]);
    delete window.authoriseChatWithCallback;
  });

  it('holds nothing of the server kit, jose or Node', () => {
    expect(bundle).toContain('Unable to generate key');
    expect(bundle).not.toMatch(/PRIVATE KEY|JWSInvalid|importPKCS8|node:|contactid/);
  });
});
