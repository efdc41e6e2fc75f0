/**
 * The test kit in a project of its own, from the packed archive.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDemo } from '../../demo/start-demo.js';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';
import { packInto } from './pack-into.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const { devDependencies, peerDependencies } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const oldest = `${peerDependencies['@playwright/test'].replace('>=', '')}.0`;

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playwright-project-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

// The newest whose Chromium was measured.
it.each([oldest, devDependencies['@playwright/test'], '1.65.1'])(
  'works from the packed tarball in what `npm init playwright` writes, with Playwright %s',
  async (playwright) => {
    const npm = (...args: string[]) => run('npm', args, { cwd: folder });
    const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
    const [{ filename }] = JSON.parse(packed.stdout);
    await cp(join(root, 'test/package/playwright-project'), folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'project', type: 'commonjs' }));
    await npm(
      'install',
      '--prefer-offline',
      '--no-audit',
      '--no-fund',
      `./${filename}`,
      `@playwright/test@${playwright}`,
    );
    await writeFile(join(folder, 'launch-options.json'), JSON.stringify(await chromiumLaunchOptions()));

    const { stdout } = await npm('exec', '--', 'playwright', 'test', '--reporter', 'json');
    const { stats, errors } = JSON.parse(stdout);
    expect(errors).toEqual([]);
    expect(stats).toMatchObject({ expected: 6, unexpected: 0, skipped: 1, flaky: 0 });
  },
);

/** The sign-in form of the demo, which stands for the reader's site: each visitor has a password there. */
const passwords = "({ 'maya@example.com': 'willow-14', 'zoe@example.com': 'cello-88' })[email] ?? ''";

/** What the documentation's reader has besides: fixtures, and tests that use the documented ones. */
const own = {
  'fixtures.ts': `import { expect as base, test as plain } from '@playwright/test';
    export const test = plain.extend<{ home: string }>({ home: ({ baseURL }, use) => use(baseURL ?? '') });
    export const expect = base.extend({
      toBeEven: (value: number) => ({ pass: value % 2 === 0, message: () => value + ' is odd' }),
    });`,
  'merged.spec.ts': `import { expect, test } from './merge';
    test('own fixtures and those of the kit', async ({ page, home, engagement }) => {
      expect(2).toBeEven();
      await page.goto(home);
      expect(await engagement.start()).toBeRefused('signed-out');
    });`,
  'signed-in.spec.ts': `import { expect, test } from './signed-in';
    for (const time of ['first', 'second'])
      test('signed in once per worker, ' + time, async ({ page, engagement }) => {
        await page.goto('/');
        expect(await engagement.start()).toBeAuthenticatedAs('5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01');
      });`,
  'failing.spec.ts': `import { expect, test } from './signed-in';
    test('reports a chat of another visitor', async ({ page, engagement }) => {
      test.fail();
      await page.goto('/');
      expect(await engagement.start()).toBeAuthenticatedAs('c3a8e0d4-1b6f-4f27-8e59-93d0b4a5c702');
    });`,
};

interface Attachment {
  name: string;
  body?: string;
}

/** The attachments in the output of Playwright's JSON reporter, as text. */
const attachments = (report: string) => {
  const found: { name: string; text: string }[] = [];
  JSON.parse(report, (key, value: unknown) => {
    if (key === 'attachments')
      for (const { name, body = '' } of value as Attachment[])
        found.push({ name, text: Buffer.from(body, 'base64').toString() });
    return value;
  });
  return found;
};

it('runs docs/testing.md word by word in a project that `npm init playwright` has made', async () => {
  const npm = (...args: string[]) => run('npm', args, { cwd: folder });
  await npm('init', '--yes', 'playwright@1.17.139', '--', '--quiet', '--lang=TypeScript', '--no-browsers');
  await rm(join(folder, 'tests'), { recursive: true, force: true });
  const { tarball } = await packInto(folder);
  await npm('install', '--save-dev', '--prefer-offline', '--no-audit', '--no-fund', tarball);

  const documentation = await readFile(join(root, 'docs/testing.md'), 'utf8');
  const examples = [...documentation.matchAll(/<!-- example: (\S+) -->\n```ts\n\/\/ (\S+)\n([\s\S]*?)```/g)];
  expect(examples.map(([, name]) => name)).toEqual(expect.arrayContaining(['signed-in.ts', 'merge.ts']));
  await mkdir(join(folder, 'tests'));
  for (const [, , path = '', code = ''] of examples) await writeFile(join(folder, path), code);
  for (const [name, code] of Object.entries(own)) await writeFile(join(folder, 'tests', name), code);
  const signIn = join(folder, 'tests/sign-in.ts');
  const code = await readFile(signIn, 'utf8');
  expect(code).toContain("process.env.TEST_PASSWORD ?? ''");
  await writeFile(signIn, code.replace("process.env.TEST_PASSWORD ?? ''", passwords));

  const dataDir = join(folder, 'demo');
  const demo = await startDemo({ port: 0, dataDir });
  try {
    // The documented configuration, for this site and this machine's browser.
    const use = {
      baseURL: demo.site,
      launchOptions: await chromiumLaunchOptions(),
      liveAssist: {
        tokenEndpoint: '/live-assist/token',
        publicKey: await readFile(join(dataDir, 'public_key.pem'), 'utf8'),
        issuer: 'www.larkfield.example',
        blockVendor: ['127.0.0.1'],
      },
    };
    await writeFile(
      join(folder, 'local.config.ts'),
      `import config from './playwright.config';
      export default { ...config, testDir: './tests', timeout: 90_000, use: { ...config.use, ...${JSON.stringify(use)} } };`,
    );
    const { stdout } = await npm(
      'exec',
      '--',
      'playwright',
      'test',
      '--config=local.config.ts',
      '--reporter=json',
    );
    const { stats, errors } = JSON.parse(stdout);
    expect(errors).toEqual([]);
    expect(stats).toMatchObject({ expected: 12, unexpected: 0, skipped: 0, flaky: 0 });
    const attached = attachments(stdout);
    expect(attached.filter(({ name }) => name === 'live-assist-chats')).toEqual([
      {
        name: 'live-assist-chats',
        text: expect.stringContaining('authenticated (an expectation of it failed)'),
      },
    ]);
    expect(attached.map(({ text }) => text).join()).not.toContain('eyJ');
  } finally {
    await demo.close();
  }
}, 600_000);
