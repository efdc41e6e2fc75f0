import { chmodSync, statSync, unlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { relative } from 'node:path';
import { createMinter, diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it, vi } from 'vitest';
import { permissionText } from '../../../src/cli/init/permission-text.js';
import { listen } from '../../support/listen.js';
import { commandLine } from '../command-line.js';
import { createSite, expressFiles } from '../init-site.js';

const oneLine = (err: string) => expect(err.trimEnd().split('\n')).toHaveLength(1);

describe('init', () => {
  it('writes a matching key pair, an endpoint and the settings of a trial, and nothing else', async () => {
    const site = createSite();
    const { code, out } = await site.init();
    expect(code).toBe(0);
    expect(site.list()).toEqual([
      '.gitignore',
      '.live-assist/private_key.pem',
      '.live-assist/public_key.pem',
      '.live-assist/trial.env',
      'live-assist.mjs',
      'package.json',
      'server.js',
    ]);
    expect(site.read('server.js')).toBe(expressFiles['server.js']);
    const mint = await createMinter({
      privateKey: site.read('.live-assist/private_key.pem'),
      issuer: 'www.example.com',
    });
    const publicKey = await publicKeyValue(site.read('.live-assist/public_key.pem'));
    expect(out).toContain(publicKey);
    const findings = await diagnose(await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }), {
      publicKey,
      issuer: 'www.example.com',
    });
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });

  it.each(['null', '"node server.js"', '{ "start": null }'])(
    'sets up an app with "scripts": %s',
    async (scripts) => {
      const manifest = `{ "dependencies": { "express": "^5" }, "devDependencies": null, "main": null, "scripts": ${scripts} }`;
      const site = createSite({ ...expressFiles, 'package.json': manifest });
      const { code } = await site.init();
      expect(code).toBe(0);
      expect(site.has('live-assist.mjs')).toBe(true);
    },
  );

  it('prints what to add, the settings with the key’s path, the tag, the values, and what remains for whom', async () => {
    const site = createSite();
    const { out } = await site.init();
    expect(out).toContain("import('./live-assist.mjs')");
    expect(out).toContain(`LIVE_ASSIST_PRIVATE_KEY_FILE="${site.path('.live-assist/private_key.pem')}"`);
    expect(out).toContain('data-token-endpoint="/live-assist/token"');
    expect(out).toContain('JWT Issuer               www.example.com');
    expect(out).toMatch(
      /What remains[\s\S]*by you[\s\S]*administrator of Dynamics[\s\S]*administrator of\s+Live Assist/,
    );
    expect(out).toMatch(/Before the site is public:\s+- You: remove the tag of `try`\./);
    expect(out.replace(/\s+/g, ' ')).toContain(`in the folder ${relative('', site.directory)}:`);
    expect(out).toContain('npx live-assist-bridge try --public-key .live-assist/public_key.pem');
    expect(out).toContain('The site is not running at http://127.0.0.1:9.');
    expect(out).not.toContain('PRIVATE KEY-----');
    expect(out).not.toContain(site.read('.live-assist/private_key.pem').split('\n')[1]);
  });

  it('writes nothing with --dry-run, and says what it would write', async () => {
    const site = createSite();
    const before = site.list();
    const { code, out } = await site.init('--dry-run');
    expect(code).toBe(0);
    expect(site.list()).toEqual(before);
    expect(out).toContain('Would write live-assist.mjs');
    expect(out).toContain('Nothing was written.');
  });

  it('completes what is missing in a second run, and keeps everything else', async () => {
    const site = createSite();
    await site.init();
    const key = site.read('.live-assist/private_key.pem');
    site.write('live-assist.mjs', '// mine');
    unlinkSync(site.path('.live-assist/public_key.pem'));
    const { code, out } = await commandLine([
      ...['init', '--directory', site.directory, '--url', 'http://127.0.0.1:9'],
    ]);
    expect(code).toBe(0);
    expect(site.read('.live-assist/private_key.pem')).toBe(key);
    expect(site.read('live-assist.mjs')).toBe('// mine');
    expect(site.has('.live-assist/public_key.pem')).toBe(true);
    expect(out).toContain('Wrote .live-assist/public_key.pem');
    expect(out).toContain('Kept live-assist.mjs, which is there already');
  });

  it.skipIf(process.platform === 'win32')('lets nobody else read the private key', async () => {
    const site = createSite();
    await site.init();
    expect(statSync(site.path('.live-assist/private_key.pem')).mode & 0o777).toBe(0o600);
  });

  it.skipIf(process.platform === 'win32')('creates a key folder that nobody else can enter', async () => {
    const site = createSite();
    await site.init();
    expect(statSync(site.path('.live-assist')).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform === 'win32')('says who can read a key that is there already', async () => {
    const site = createSite();
    const key = site.path('.live-assist/private_key.pem');
    expect((await site.init()).out.replace(/\s+/g, ' ')).toContain(`Only your account can read ${key}`);
    chmodSync(key, 0o640);
    const { code, out } = await site.init();
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain(`can read ${key}. Run \`chmod 600 "${key}"\`.`);
    expect(out).not.toContain('Only your account');
  });

  it.skipIf(process.platform === 'win32')('refuses a key that somebody else can change', async () => {
    const site = createSite();
    await site.init();
    const before = site.list();
    const refusal = async () => {
      const { code, out, err } = await site.init();
      expect({ code, out }).toEqual({ code: 2, out: '' });
      oneLine(err);
      return err;
    };
    const [folder, key] = [site.path('.live-assist'), site.path('.live-assist/private_key.pem')];
    chmodSync(key, 0o602);
    expect(await refusal()).toContain(`Other users may write to ${key}`);
    chmodSync(key, 0o600);
    chmodSync(folder, 0o770);
    expect(await refusal()).toContain(`Run \`chmod go-w "${folder}"\``);
    chmodSync(folder, 0o700);
    const getuid = vi.spyOn(process, 'getuid').mockReturnValue(statSync(key).uid + 1);
    expect(await refusal()).toContain(`${folder} belongs to another user`);
    getuid.mockRestore();
    expect((await site.init()).code).toBe(0);
    expect(site.list()).toEqual(before);
  });

  it('explains the permissions of the key on Windows', () => {
    const text = permissionText('C:\\site\\private_key.pem', 'win32', 'ada');
    expect(text).toContain('icacls "C:\\site\\private_key.pem" /inheritance:r /grant:r "ada:F"');
  });
});

describe('init in a git repository', () => {
  it.each(['', 'node_modules', 'node_modules\n', 'a\r\nb\r\n', '*.pem\n', '*.log\n!*.pem\n'])(
    'appends one line to .gitignore (%j), so that git sees no key',
    async (before) => {
      const site = createSite({ ...expressFiles, ...(before && { '.gitignore': before }) });
      site.git('init', '--quiet');
      expect((await site.init()).code).toBe(0);
      expect(site.git('status', '--porcelain', '--untracked-files=all')).not.toContain('.live-assist/');
      const after = site.read('.gitignore');
      expect(after.startsWith(before)).toBe(true);
      expect(after).toMatch(/(^|\n)\/\.live-assist\/\r?\n$/);
      await site.init();
      expect(site.read('.gitignore')).toBe(after);
    },
  );

  it('leaves a .gitignore alone that already covers the keys', async () => {
    const site = createSite({ ...expressFiles, '.gitignore': '.live-assist\n' });
    site.git('init', '--quiet');
    await site.init();
    expect(site.read('.gitignore')).toBe('.live-assist\n');
  });

  it('refuses a key that git tracks', async () => {
    const site = createSite({ ...expressFiles, '.live-assist/private_key.pem': 'x' });
    site.git('init', '--quiet');
    site.git('add', '-A');
    const { code, err } = await site.init();
    expect(code).toBe(2);
    expect(err).toMatch(/git tracks .*private_key\.pem/);
    oneLine(err);
  });

  it('refuses settings of a trial that git tracks', async () => {
    const site = createSite({ ...expressFiles, '.live-assist/trial.env': '' });
    site.git('init', '--quiet');
    site.git('add', '-A');
    const { code, err } = await site.init();
    expect(code).toBe(2);
    expect(err).toMatch(/git tracks .*trial\.env, which belongs to this machine only/);
    oneLine(err);
  });

  it('refuses another repository that ignores the key but not the rest', async () => {
    const site = createSite();
    const other = createSite({ '.gitignore': '*.pem\n' });
    other.git('init', '--quiet');
    const { code, err } = await site.init('--keys', other.path('keys'));
    expect(code).toBe(2);
    expect(err).toMatch(/git would track .*outside the site's folder/);
    expect(other.list()).toEqual(['.gitignore']);
  });

  it('refuses a folder of another repository that would track the key', async () => {
    const site = createSite();
    const other = createSite({ 'readme.txt': '' });
    other.git('init', '--quiet');
    const before = site.list();
    const { code, err } = await site.init('--keys', other.path('keys'));
    expect(code).toBe(2);
    expect(err).toMatch(/git would track .*outside the site's folder/);
    oneLine(err);
    expect(site.list()).toEqual(before);
    expect(other.list()).toEqual(['readme.txt']);
  });
});

describe('init finds out', () => {
  const web =
    '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><TargetFramework>net8.0</TargetFramework></PropertyGroup></Project>';

  it.each<[string, Record<string, string>, string]>([
    ['Express', expressFiles, 'live-assist.mjs'],
    [
      'Express in TypeScript',
      { ...expressFiles, 'src/app.ts': '', 'tsconfig.json': '{}' },
      'live-assist.mjs',
    ],
    [
      'Next',
      { 'package.json': '{ "dependencies": { "next": "16" } }', 'app/page.jsx': '' },
      'pages/api/live-assist/token.js',
    ],
    [
      'Next in src',
      {
        'package.json': '{ "dependencies": { "next": "16" } }',
        'src/app/page.tsx': '',
        'tsconfig.json': '{}',
      },
      'src/pages/api/live-assist/token.ts',
    ],
    [
      'Express with a byte order mark',
      { ...expressFiles, 'package.json': `\uFEFF${expressFiles['package.json']}` },
      'live-assist.mjs',
    ],
    ['ASP.NET Core', { 'Shop.csproj': web, 'Program.cs': '' }, 'LiveAssistTokens.cs'],
    ['PHP', { 'composer.json': '{}', 'public/index.php': '' }, 'public/live-assist-token.php'],
    ['PHP without composer', { 'index.php': '' }, 'live-assist-token.php'],
    [
      'PHP beside npm',
      { 'index.php': '', 'package.json': '{ "dependencies": { "live-assist-bridge": "1" } }' },
      'live-assist-token.php',
    ],
  ])('%s', async (_, files, endpoint) => {
    const site = createSite(files);
    const { code, out, err } = await site.init('--dry-run');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`Would write ${endpoint}`);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'Fastify',
      { 'package.json': '{ "dependencies": { "fastify": "5" } }' },
      /Fastify.*docs\/token-endpoint\.md#fastify/,
    ],
    ['Django', { 'manage.py': '' }, /Python.*demo\/recipes\/python/],
    ['Rails', { Gemfile: '' }, /Ruby.*demo\/recipes\/ruby/],
    ['Spring', { 'pom.xml': '' }, /Java.*demo\/recipes\/java/],
    ['WordPress', { 'wp-config.php': '', 'index.php': '' }, /WordPress.*demo\/recipes\/wordpress/],
    [
      'Magento',
      { 'composer.json': '{ "require": { "magento/product": "2" } }' },
      /Magento.*demo\/recipes\/magento/,
    ],
    [
      '.NET Framework',
      { 'A.csproj': '<TargetFrameworkVersion>v4.8</TargetFrameworkVersion>' },
      /demo\/recipes\/dotnet-framework/,
    ],
    ['.NET 6', { 'A.csproj': web.replace('net8', 'net6') }, /A\.csproj targets \.NET 6/],
    ['nothing', { 'readme.txt': '' }, /holds no site that init knows/],
    [
      'a monorepo',
      { 'apps/a/package.json': expressFiles['package.json'], 'apps/b/index.php': '' },
      /--directory is missing.*apps\/a \(Express\), apps\/b \(PHP\)/,
    ],
    [
      'two frameworks',
      { 'package.json': '{ "dependencies": { "next": "1", "express": "1" } }' },
      /--framework is missing.*next, express/,
    ],
  ])('what it does not set up: %s', async (_, files, words) => {
    const site = createSite(files);
    const before = site.list();
    const { code, out, err } = await site.init();
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    oneLine(err);
    expect(site.list()).toEqual(before);
  });

  it('the folder in a monorepo by --directory, the framework by --framework', async () => {
    const site = createSite({ 'apps/a/package.json': expressFiles['package.json'], 'apps/b/index.php': '' });
    await site.init('--directory', site.path('apps/a'));
    expect(site.has('apps/a/live-assist.mjs')).toBe(true);
    expect(site.has('apps/b/live-assist-token.php')).toBe(false);
    const damaged = createSite({ 'package.json': '{' });
    expect((await damaged.init('--framework', 'express')).code).toBe(0);
    const plain = createSite({ 'package.json': '{}' });
    expect((await plain.init('--framework', 'express')).code).toBe(0);
    expect((await plain.init('--framework', 'rails')).err).toMatch(
      /--framework is express, next, aspnetcore or php/,
    );
  });

  it('by asking, at a terminal', async () => {
    const site = createSite({ 'apps/a/package.json': expressFiles['package.json'], 'apps/b/index.php': '' });
    const { code, err } = await commandLine(
      ['init', '--directory', site.directory, '--url', 'http://127.0.0.1:9'],
      { stdin: 'apps/a\nwww.shop.example\n\n', atKeyboard: true },
    );
    expect(code).toBe(0);
    expect(err).toContain('Which one do you want to set up?');
    expect(site.read('apps/a/.live-assist/trial.env')).toContain('LIVE_ASSIST_ISSUER="www.shop.example"');
  });
});

describe('init keeps keys out of reach of browsers', () => {
  it.each(['public', 'public/keys'])('refuses --keys %s', async (keys) => {
    const site = createSite({ 'composer.json': '{}', 'public/index.php': '' });
    const before = site.list();
    const { code, err } = await site.init('--keys', site.path(keys));
    expect(code).toBe(2);
    expect(err).toMatch(/is in the web root/);
    oneLine(err);
    expect(site.list()).toEqual(before);
  });

  it('accepts a folder whose name begins with two dots', async () => {
    const site = createSite({ 'composer.json': '{}', 'public/index.php': '' });
    expect((await site.init('--keys', site.path('public/..x'))).err).toMatch(/is in the web root/);
    const express = createSite();
    express.git('init', '--quiet');
    expect((await express.init('--keys', express.path('..x'))).code).toBe(0);
    expect(express.read('.gitignore')).toContain('/..x/');
    expect(express.git('status', '--porcelain', '--untracked-files=all')).not.toContain('.pem');
  });

  it('quotes a folder with spaces in every command that it prints', async () => {
    const site = createSite();
    const { out } = await site.init('--keys', site.path('my keys'));
    expect(out).toContain('node "--env-file=my keys/trial.env" server.js');
    expect(out).toContain('--public-key "my keys/public_key.pem"');
  });

  it('puts them next to a site whose whole folder is served', async () => {
    const site = createSite({ 'index.php': '' }, 'html');
    await site.init();
    expect(site.list().join()).not.toContain('.pem');
    expect(site.has('../html-live-assist/private_key.pem')).toBe(true);
  });

  it.each<[string, Record<string, string>]>([
    ['htdocs/shop', { 'index.php': '' }],
    ['html/shop', { 'composer.json': '{}', 'public/index.php': '' }],
    ['public_html/shop', expressFiles],
    ['httpdocs/shop', { 'index.php': '' }],
    ['wwwroot/shop', { 'package.json': '{ "dependencies": { "next": "16" } }' }],
    ['wamp64/www/shop', { 'index.php': '' }],
    ['public_html/html/shop', { 'index.php': '' }],
  ])('puts them beside a folder that web servers serve: %s', async (name, files) => {
    const site = createSite(files, name);
    expect((await site.init()).code).toBe(0);
    expect(site.list().join()).not.toMatch(/\.pem|trial/);
    const up = name.startsWith('public_html/html')
      ? '../../../html-shop-live-assist'
      : '../../shop-live-assist';
    expect(site.has(`${up}/private_key.pem`)).toBe(true);
    const { code, err } = await site.init('--keys', site.path('keys'));
    expect(code).toBe(2);
    expect(err).toMatch(/is in the web root/);
    oneLine(err);
  });

  it.each<[string, Record<string, string>]>([
    ['an HTML page', { 'index.html': '', 'contact.php': '', 'public/logo.svg': '' }],
    ['no first page', { 'contact.php': '', 'web/logo.svg': '' }],
  ])('takes the folder of a PHP site with %s for the web root', async (_, files) => {
    const site = createSite(files);
    await site.init();
    expect(site.has('live-assist-token.php')).toBe(true);
    expect(site.has('../site-live-assist/private_key.pem')).toBe(true);
  });

  it.each<[string, boolean]>([
    ['__dirname', true],
    ["'.', { index: false }", true],
    ['"./"', true],
    ['process.cwd()', true],
    ['import.meta.dirname', true],
    ["path.join(__dirname, '/')", true],
    ["__dirname + '/'", true],
    ["path.join(__dirname, 'public')", false],
    ["'assets'", false],
  ])('looks whether an Express app serves its own folder: static(%s)', async (argument, isServed) => {
    const site = createSite({ ...expressFiles, 'server.js': `app.use(express.static(${argument}));` });
    await site.init();
    expect(site.has('../site-live-assist/private_key.pem')).toBe(isServed);
    expect(site.has('.live-assist/private_key.pem')).toBe(!isServed);
  });
});

describe('init says in a sentence what is in the way, and writes nothing', () => {
  const cases: [string, Record<string, string>, string[], RegExp][] = [
    ['no issuer', {}, ['--issuer', ''], /--issuer/],
    ['no GUID', {}, ['--contact', 'ada'], /--contact is not a GUID/],
    ['no address', {}, ['--url', 'localhost'], /--url is not an address/],
    ['no folder', {}, ['--directory', '/nowhere/at/all'], /is not a folder/],
    ['an empty key', { '.live-assist/private_key.pem': '' }, [], /is empty/],
    [
      'half a key',
      { '.live-assist/private_key.pem': '-----BEGIN PRIVATE KEY-----\nMII' },
      [],
      /private_key\.pem cannot be used/,
    ],
    ['a public key alone', { '.live-assist/public_key.pem': 'x' }, [], /without its private key/],
    ['a file in place of the folder', { '.live-assist': '' }, [], /not a folder/],
  ];
  it.each(cases)('%s', async (_, more, args, words) => {
    const site = createSite({ ...expressFiles, ...more });
    const before = site.list();
    const { code, out, err } = await site.init(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    oneLine(err);
    expect(site.list()).toEqual(before);
  });

  it('a pair that is not one', async () => {
    const [one, other] = await Promise.all([generateKeys(), generateKeys()]);
    const site = createSite({
      ...expressFiles,
      '.live-assist/private_key.pem': one.privateKey,
      '.live-assist/public_key.pem': other.publicKey,
    });
    expect((await site.init()).err).toMatch(/does not belong to private_key\.pem/);
  });

  it.each([
    ['express', expressFiles],
    ['php', { 'composer.json': '{}', 'public/index.php': '' }],
  ])('an earlier run with another contact (%s)', async (_, files) => {
    const site = createSite(files);
    await site.init('--contact', '3F2504E0-4F89-41D3-9A0C-0305E82C3301');
    const before = site.list();
    const { code, out, err } = await site.init('--contact', '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/used the contact 3f2504e0-4f89-41d3-9a0c-0305e82c3301\. Leave out --contact/);
    oneLine(err);
    expect(site.list()).toEqual(before);
    expect((await site.init('--contact', '{3f2504e0-4f89-41d3-9a0c-0305e82c3301}')).code).toBe(0);
  });

  it('an earlier run with another issuer', async () => {
    const site = createSite();
    await site.init();
    expect((await site.init('--issuer', 'shop.example')).err).toMatch(/used the issuer www\.example\.com/);
  });
});

describe('init with a site that is running', () => {
  const running = async (status: number, body: string, site = createSite()) => {
    const { url, stop } = await listen(
      createServer((_, response) => response.writeHead(status, { 'cache-control': 'no-store' }).end(body)),
    );
    const answer = await site.init('--url', url);
    await stop();
    return answer;
  };

  it('says that the endpoint is missing', async () => {
    const { code, out } = await running(404, '');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('answers 404. Add the lines above');
  });

  it('accepts a 401 for a guest', async () => {
    const { code, out } = await running(401, '{"error":"signed-out"}');
    expect(code).toBe(0);
    expect(out.replace(/\s+/g, ' ')).toContain('answers guests with 401, as it should');
  });

  it.each([404, 401])('finds out that the site serves the private key (endpoint: %i)', async (status) => {
    const site = createSite();
    const { url, stop } = await listen(
      createServer(({ url = '' }, response) =>
        url === '/.live-assist/private_key.pem'
          ? response.end(site.read(url))
          : response.writeHead(status).end('{"error":"signed-out"}'),
      ),
    );
    const { code, out } = await site.init('--url', url);
    await stop();
    expect(code).toBe(1);
    const told = out.replace(/\s+/g, ' ');
    expect(told).toContain(
      `The site serves the private key ${site.path('.live-assist/private_key.pem')} at ${url}/.live-assist/private_key.pem, so anyone can load it.`,
    );
    expect(out).not.toContain('PRIVATE KEY-----');
  });

  it('does not take every answer for a key', async () => {
    const { code, out } = await running(404, '<!doctype html>');
    expect(code).toBe(0);
    expect(out).not.toContain('serves the private key');
  });

  it('reports a token that any guest gets, unless it is the trial contact', async () => {
    const site = createSite();
    await site.init();
    const privateKey = site.read('.live-assist/private_key.pem');
    const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
    const answer = async (givenName: string) => {
      let asked = 0;
      const { url, stop } = await listen(
        createServer(async (_, response) => {
          // Each token differs, so that no cache is suspected.
          asked += 1;
          const id = `3f2504e0-4f89-41d3-9a0c-${String(asked).padStart(12, '0')}`;
          const token = await mint({ id, givenName, familyName: 'Visitor' });
          response.setHeader('cache-control', 'no-store').end(JSON.stringify({ token }));
        }),
      );
      const { code, out } = await site.init('--url', url);
      await stop();
      return { code, out };
    };
    const anyone = await answer('Ada');
    expect(anyone.out).toContain('token-for-anyone');
    expect(anyone.code).toBe(1);
    expect((await answer('Trial')).out).not.toContain('token-for-anyone');
  });

  it('prints what diagnose finds, and exits with 1', async () => {
    const { code, out } = await running(200, '<!doctype html>');
    expect(code).toBe(1);
    expect(out).toMatch(/^error /m);
  });
});
