import { lstatSync, mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { generateKeys } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { folder } from '../command-line.js';
import { createSite, expressFiles } from '../init-site.js';

const isWindows = process.platform === 'win32';
const told = (text: string) => text.replace(/\s+/g, ' ');

/** Expects one sentence, and that nothing was written. */
async function refusal(site: ReturnType<typeof createSite>, ...args: string[]): Promise<string> {
  const before = site.list();
  const { code, out, err } = await site.init(...args);
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(site.list()).toEqual(before);
  return err;
}

describe.skipIf(isWindows)('the line in .gitignore', () => {
  it.each(['[k]*?\\', '#keys', '!keys', 'keys ', 'a [1]/!k'])(
    'names the folder %j, so that git sees no key',
    async (name) => {
      const site = createSite();
      site.git('init', '--quiet');
      expect((await site.init('--keys', site.path(name))).code).toBe(0);
      expect(site.list()).toContain(`${name}/private_key.pem`);
      const untracked = site.git('status', '--porcelain', '-z', '--untracked-files=all');
      expect(untracked).toContain('live-assist.mjs');
      expect(untracked).not.toMatch(/\.pem|trial/);
      // A pattern that matches more than this folder would hide other files.
      const line = site.read('.gitignore').split('\n').at(-2);
      await site.init('--keys', site.path(name));
      expect(site.read('.gitignore').split('\n').at(-2)).toBe(line);
    },
  );

  it('hides no other folder', async () => {
    const site = createSite({ ...expressFiles, 'k1/a': '', 'kk/a': '' });
    site.git('init', '--quiet');
    await site.init('--keys', site.path('k*'));
    expect(site.git('status', '--porcelain', '--untracked-files=all')).toMatch(/k1\/a[\s\S]*kk\/a/);
  });

  it('contains a line break', async () => {
    const site = createSite();
    site.git('init', '--quiet');
    expect(await refusal(site, '--keys', site.path('a\nb'))).toContain('contains a line break');
  });
});

describe.skipIf(isWindows)('init writes through no link', () => {
  it.each([false, true])('in place of .gitignore (in a repository: %s)', async (isRepository) => {
    const site = createSite();
    if (isRepository) site.git('init', '--quiet');
    symlinkSync('nowhere', site.path('.gitignore'));
    expect(await refusal(site)).toContain('.gitignore is a link to a file that does not exist.');
    expect(lstatSync(site.path('.gitignore')).isSymbolicLink()).toBe(true);
  });

  it('in place of the draft of .gitignore', async () => {
    const elsewhere = folder();
    const site = createSite();
    site.git('init', '--quiet');
    symlinkSync(join(elsewhere, 'x'), site.path(`.gitignore.${process.pid}.tmp`));
    expect((await site.init()).code).toBe(0);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(lstatSync(site.path('.gitignore')).isFile()).toBe(true);
  });

  it.each(['private_key.pem', 'public_key.pem'])('in place of %s', async (name) => {
    const site = createSite();
    await site.init();
    const elsewhere = join(folder(), name);
    const path = site.path(`.live-assist/${name}`);
    renameSync(path, elsewhere);
    symlinkSync(elsewhere, path);
    expect(await refusal(site)).toContain(`${path} is a link. Put the file itself there`);
  });

  it('and takes no folder for .gitignore', async () => {
    const site = createSite();
    mkdirSync(site.path('.gitignore'));
    expect(await refusal(site)).toContain('.gitignore is not a file.');
  });
});

describe('a private key that an earlier run left in the web root', () => {
  it.each<[string, Record<string, string>, string]>([
    ['html/.live-assist', { 'composer.json': '{}', 'html/index.php': '' }, 'site'],
    ['.live-assist', { 'index.php': '' }, 'html'],
    ['public/.live-assist', { ...expressFiles, 'public/logo.svg': '' }, 'site'],
    ['.live-assist', { ...expressFiles, 'server.js': 'express.static(__dirname)' }, 'site'],
  ])('is named with the remedy: %s of %o in %s', async (place, files, name) => {
    const { privateKey } = await generateKeys();
    const site = createSite({ ...files, [`${place}/private_key.pem`]: privateKey }, name);
    const { code, out } = await site.init('--dry-run');
    expect(code).toBe(1);
    expect(told(out)).toContain(
      `${site.path(`${place}/private_key.pem`)} is in the web root, so anyone may have loaded that private key. Delete it, together with its public key.`,
    );
    expect((await site.init()).code).toBe(1);
  });

  it('is not seen in a key outside the web root', async () => {
    const site = createSite({ 'composer.json': '{}', 'html/index.php': '' });
    const { code, out } = await site.init();
    expect(code).toBe(0);
    expect(site.has('.live-assist/private_key.pem')).toBe(true);
    expect(site.has('html/live-assist-token.php')).toBe(true);
    expect(out).not.toContain('is in the web root');
    expect((await site.init()).code).toBe(0);
  });
});

describe('what remains', () => {
  it('says what a proxy, a container and an Express app need', async () => {
    const { out } = await createSite().init();
    expect(told(out)).toContain(
      'Behind a proxy or tunnel that speaks HTTP/1.1, adds no header and passes on a local Host, everybody can become that contact.',
    );
    expect(told(out)).toContain(
      'You, with Docker: keep the key folder out of the image (.dockerignore), mount',
    );
    expect(told(out)).toMatch(
      /no express\.static\(\) serves the folder of the keys\. .*but not one that a variable holds/,
    );
    const { out: php } = await createSite({ 'composer.json': '{}', 'public/index.php': '' }).init();
    expect(php).not.toContain('express');
    expect(php).not.toContain('node_modules');
  });

  it('says that node_modules must not be published, if the web root contains it', async () => {
    const { out } = await createSite({ 'index.php': '' }).init();
    expect(told(out)).toContain('You: do not publish node_modules.');
  });
});
