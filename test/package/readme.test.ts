import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as browser from 'live-assist-bridge';
import * as server from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { optionNames } from '../../src/bridge/options.js';
import { commandLine } from '../cli/command-line.js';
import { findCommand } from '../support/find-command.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

/** The cells of the table below a heading, without code quotes; `column` counts from 0. */
function column(heading: string, index: number): string[] {
  const section = readme.split(`\n### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const rows = section.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) => (row.split(/(?<!\\)\|/)[index + 1] ?? '').trim().replaceAll('`', ''));
}

const dashed = (name: string) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

describe('the README', () => {
  it('lists every error code and no other', () => {
    const union = read('src/bridge/errors.ts').split('BridgeErrorCode =')[1]?.split(';')[0] ?? '';
    const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(column('Error codes', 0)).toEqual(codes);
  });

  it('lists every option, with the attribute of each that a tag can hold', () => {
    const names = column('Options and attributes', 0);
    expect([...names].sort()).toEqual([...optionNames].sort());
    const attributes = column('Options and attributes', 1);
    for (const [index, name] of names.entries())
      expect(attributes[index]).toBe(/^(fetchToken|headers|onError)$/.test(name) ? '' : dashed(name));
  });

  it('gives the defaults that hold', () => {
    const defaults = read('src/bridge/options.ts').split('const defaults = {')[1]?.split('}')[0] ?? '';
    const given = [...defaults.matchAll(/(\w+): '?([\w-]+)'?,/g)].map(
      ([, name, value]) => `${name} ${value}`,
    );
    const values = column('Options and attributes', 2);
    const listed = column('Options and attributes', 0).map((name, index) => `${name} ${values[index]}`);
    expect(given).toHaveLength(6);
    expect(listed).toEqual(expect.arrayContaining(given));
    expect(values.filter(Boolean)).toHaveLength(6);
  });

  it('names every export for the browser', () => {
    for (const name of Object.keys(browser)) expect(column('Exports', 1)).toContain(name);
  });

  it('names every export for the server', () => {
    const named = column("The server's exports", 0).flatMap((cell) => cell.replace(/\(.*/, '').split(', '));
    expect(named.sort()).toEqual(Object.keys(server).sort());
  });

  it('names every command', async () => {
    const { out } = await commandLine(['--help']);
    const commands = [...out.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(3);
    expect(column('Commands', 0)).toEqual(commands);
  });

  it('gives no command an option that it has not', async () => {
    const lines = [
      ...readme.matchAll(/(?:npx live-assist-bridge|^`) ?(keys|config|mint|diagnose) ([^`]*)`/gm),
    ];
    expect(lines.length).toBeGreaterThan(3);
    for (const [, command = '', rest = ''] of lines) {
      const { out } = await commandLine([command, '--help']);
      for (const [option] of rest.matchAll(/--[\w-]+/g)) expect(out).toContain(`${option} `);
    }
  });

  it('has a tag to copy with an integrity, which `npm run stamp` writes, and the version of the package', () => {
    expect(readme).toMatch(/integrity="sha384-[^"]+"/);
    const { version } = JSON.parse(read('package.json'));
    expect([...readme.matchAll(/live-assist-bridge@(\d[^/]*)\//g)].map(([, given]) => given)).toEqual([
      version,
    ]);
  });

  it('has a stub to copy with the hash of its text', () => {
    const stub = /example: stub -->\n```html\n<script>([\s\S]+?)<\/script>/.exec(readme)?.[1] ?? '';
    const hash = createHash('sha256').update(stub).digest('base64');
    expect(readme.match(/'sha256-([^']+)'/)?.[1]).toBe(hash);
  });

  it('leads nowhere that is not there', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));
    for (const [, target = ''] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target);
    for (const [, file = ''] of readme.matchAll(/\]\(([\w./-]+)\)/g))
      expect([file, existsSync(file)]).toEqual([file, true]);
  });
});

const shell = findCommand(['sh'], ['-c', 'openssl version'], {
  skipped: 'the README’s lines for openssl alone',
  needs: 'a shell and openssl',
});

describe.skipIf(!shell)('the README’s lines for openssl alone', () => {
  it('make a pair and print what is to be pasted', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'openssl-alone-'));
    const lines = readme.split('<!-- example: openssl -->\n```sh')[1]?.split('```')[0] ?? '';
    const { status, stdout } = spawnSync(shell ?? '', ['-e', '-c', lines], { cwd, encoding: 'utf8' });
    const pem = (name: string) => readFileSync(join(cwd, name), 'utf8');
    const [privateKey, publicKey] = [pem('private_key.pem'), pem('public_key.pem')];
    rmSync(cwd, { recursive: true });
    expect(status).toBe(0);
    expect(stdout.replace(/writing RSA key\n/, '')).toBe(await server.publicKeyValue(publicKey));
    const mint = await server.createMinter({ privateKey, issuer: 'www.example.com' });
    const token = await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
    const findings = await server.diagnose(token, { publicKey: stdout, issuer: 'www.example.com' });
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });
});
