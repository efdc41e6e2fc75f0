import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { chromiumLaunchOptions } from '../../e2e/browser/launch-options.js';

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
