/**
 * The excerpt of docs/testing.md for Playwright in .NET, run in Chromium with the built plain script.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumLaunchOptions } from '../../../e2e/browser/launch-options.js';
import { ada, type Site, startSite } from '../../../e2e/testing/site.js';
import { findCommand } from '../../support/find-command.js';

const dotnet = findCommand(['dotnet'], ['--list-sdks'], {
  skipped: 'the excerpt for Playwright in .NET',
  needs: 'the .NET SDK, version 8 or newer',
});
const root = join(import.meta.dirname, '../../..');

describe.skipIf(!dotnet)('the plain script in Playwright for .NET', () => {
  let folder: string;
  let site: Site;
  const run = (...args: string[]) => promisify(execFile)(dotnet ?? '', args, { cwd: folder });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playwright-dotnet-'));
    site = await startSite();
    const { executablePath, args, env } = await chromiumLaunchOptions();
    await writeFile(
      join(folder, 'launch.json'),
      JSON.stringify({ executablePath, args, env: env ?? process.env }),
    );
  });

  afterAll(async () => {
    site.close();
    await rm(folder, { recursive: true, force: true });
  });

  // Restores a package and compiles. Generous, so that a busy machine does not fail the test.
  it('runs the excerpt as documented', { timeout: 600_000 }, async () => {
    const page = await readFile(join(root, 'docs/testing.md'), 'utf8');
    const [, excerpt = ''] = /<!-- example: playwright\.cs -->\n```csharp\n([\s\S]*?)```/.exec(page) ?? [];
    expect(excerpt).toContain('https://staging.example.com/');
    const program = await readFile(join(import.meta.dirname, 'Program.cs'), 'utf8');
    await cp(
      join(import.meta.dirname, 'PlaywrightInDotnet.csproj'),
      join(folder, 'PlaywrightInDotnet.csproj'),
    );
    await cp(
      join(root, 'dist/live-assist-engagement.js'),
      join(folder, 'node_modules/live-assist-bridge/dist/live-assist-engagement.js'),
    );
    await writeFile(
      join(folder, 'Program.cs'),
      program.replace('/* excerpt */', () => excerpt.replace('https://staging.example.com', site.url)),
    );
    // No server stays behind: it would hold the output open, and the test would never end.
    await run(
      'build',
      '--output',
      'built',
      '--disable-build-servers',
      '--nologo',
      '--verbosity',
      'quiet',
    ).catch(({ stdout, stderr }) => {
      throw new Error(`${stdout}${stderr}`);
    });
    const { stdout } = await run('built/PlaywrightInDotnet.dll', 'launch.json', site.url, ada);
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'authenticated', claims: { sub: ada } });
  });
});
