import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as browser from 'live-assist-bridge';
import * as server from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { optionNames } from '../../src/bridge/resolve-options.js';
import { knownCodes } from '../../src/cli/codes/explain-code.js';
import { readHeaders } from '../../src/contract/answer-headers.js';
import { defaultMethodName } from '../../src/contract/method-name.js';
import { bridgeCodes } from '../../src/diagnosis/codes/bridge-codes.js';
import { vendorCodes } from '../../src/diagnosis/codes/vendor-codes.js';
import { findingCodes } from '../../src/diagnosis/findings/finding.js';
import { resolveKitOptions } from '../../src/testing/resolve-options.js';
import { commandLine } from '../cli/command-line.js';
import { quoteCodes } from '../package/quote-codes.js';
import { findCommand } from '../support/find-command.js';
import { column, commands, example, page, pages, read, section } from './pages.js';

const reference = 'docs/reference.md';
/**
 * Syntax that sh, cmd and PowerShell read differently. PowerShell splats `@name` and `@name.txt`, but not
 * `@scope/package`.
 */
const elsewhereDifferent = /\$|\||[<>]|\\$|`|&&|'|\s@\w+([\s.]|$)|^\w+=/;
const dashed = (name: string) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

describe('docs/reference.md', () => {
  it('lists every header that the bridge reads', () => {
    for (const name of readHeaders) expect(read(reference)).toContain(`\`${name}\``);
  });

  it('lists every option, with the attribute of each that a tag can hold', () => {
    const names = column(reference, 'Options and attributes', 0);
    expect([...names].sort()).toEqual([...optionNames].sort());
    const attributes = column(reference, 'Options and attributes', 1);
    for (const [index, name] of names.entries())
      expect(attributes[index]).toBe(/^(fetchToken|headers|onError)$/.test(name) ? '' : dashed(name));
  });

  it('gives the defaults that the code has', () => {
    const defaults =
      read('src/bridge/resolve-options.ts').split('const defaults = {')[1]?.split('}')[0] ?? '';
    const given = [
      ...defaults.replace('defaultMethodName', `'${defaultMethodName}'`).matchAll(/(\w+): '?([\w-]+)'?,/g),
    ].map(([, name, value]) => `${name} ${value}`);
    const values = column(reference, 'Options and attributes', 2);
    const listed = column(reference, 'Options and attributes', 0).map(
      (name, index) => `${name} ${values[index]}`,
    );
    expect(given.length).toBeGreaterThan(4);
    expect(listed).toEqual(expect.arrayContaining(given));
    expect(values.filter(Boolean)).toHaveLength(given.length);
  });

  it('names every export for the browser', () => {
    for (const name of Object.keys(browser))
      expect(column(reference, 'Exports for the browser', 1)).toContain(name);
  });

  it('names every export for the server', () => {
    const cells = column(reference, "The server's exports", 0);
    const named = cells.flatMap((cell) => cell.replace(/\(.*/, '').split(', '));
    expect(named.sort()).toEqual(Object.keys(server).sort());
  });

  it('names every command', async () => {
    const { out } = await commandLine(['--help']);
    const commands = [...out.matchAll(/^ {2}(\w+) {2,}/gm)].map(([, command]) => command);
    expect(commands.length).toBeGreaterThan(3);
    expect(column(reference, 'Commands', 0)).toEqual(commands);
  });
});

describe('docs/codes.md', () => {
  it('has a section for every code of the bridge', () => {
    const union = read('src/contract/bridge-error-code.ts').split('BridgeErrorCode =')[1] ?? '';
    const codes = [...union.matchAll(/^ {2}\| '([\w-]+)'/gm)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    const headings = [...page('docs/codes.md').matchAll(/^### `([\w-]+)`$/gm)].map(([, code]) => code);
    expect(headings).toEqual(expect.arrayContaining(codes));
  });

  it('says of every code of the bridge what `diagnose CODE` says', () => {
    const plain = (text = '') =>
      text
        .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
        .replace(/(?<!\w)_(\w+)_/g, '$1')
        .replace(/\s+/g, ' ')
        .trim();
    for (const [code, { see, why, do: remedy }] of Object.entries(bridgeCodes)) {
      const written = page('docs/codes.md').split(`### \`${code}\`\n`)[1]?.split('\n#')[0] ?? '';
      const items = [...written.matchAll(/^- \*\*[\w ]+:\*\* ([\s\S]*?)(?=\n- |\n*$(?![\s\S]))/gm)];
      expect([code, ...items.map(([, text]) => plain(text))]).toEqual([code, see, why, remedy]);
    }
  });

  it('says of every code of Live Assist what `diagnose CODE` says', () => {
    const cells = (index: number) => column('docs/codes.md', 'Codes of Live Assist', index);
    const raw = section('docs/codes.md', 'Codes of Live Assist').replaceAll('`', '');
    expect(cells(0).flatMap((codes) => codes.split(', '))).toEqual(Object.keys(vendorCodes));
    for (const { why, do: remedy } of Object.values(vendorCodes))
      expect(raw).toContain(`| ${why} | ${remedy} |`.replaceAll('`', ''));
  });
});

describe('docs/codes.md, whose tables `npm run stamp` writes', () => {
  it('has the tables that the source has now', () => {
    expect(quoteCodes(page('docs/codes.md'))).toBe(page('docs/codes.md'));
  });

  it('lists every code that `diagnose CODE` explains, and those of every type', () => {
    // Codes with the same explanation share a row.
    const listed = [...page('docs/codes.md').matchAll(/^(?:### |\| )((?:(?:, )?`[\w-]+`)+)/gm)].flatMap(
      ([, codes]) => codes?.replaceAll('`', '').split(', '),
    );
    expect(new Set(listed)).toEqual(new Set(knownCodes));
    expect(listed).toEqual(expect.arrayContaining([...findingCodes]));
    for (const [path, type] of [
      ['src/contract/bridge-error-code.ts', 'BridgeErrorCode'],
      ['src/server/token-handler-options.ts', 'TokenRefusal'],
      ['src/server/dataverse/dataverse-error.ts', 'DataverseErrorCode'],
      ['src/key/key-error.ts', 'KeyErrorCode'],
    ] as const) {
      const union = read(path).split(`export type ${type} =`)[1]?.split(';')[0] ?? '';
      const codes = [...union.matchAll(/\| '([\w-]+)'/g)].map(([, code]) => code);
      expect(codes.length).toBeGreaterThan(7);
      expect(listed).toEqual(expect.arrayContaining(codes));
    }
  });

  it('lists every code that another page names in a table', () => {
    const named = [...pages.values()].flatMap((text) => [
      ...text.matchAll(/^\| `?(AADSTS\d+|0x[\da-f]{8})`? \|/gm),
    ]);
    expect(named.length).toBeGreaterThan(10);
    for (const [, code] of named) expect(knownCodes).toContain(code);
    expect(knownCodes).toEqual(
      expect.arrayContaining(column('docs/operations.md', 'Monitoring', 1).filter(Boolean)),
    );
  });
});

describe('every page', () => {
  it('gives no command an option that the command does not have', async () => {
    const lines = [...pages.values()].flatMap((text) => [
      ...text.matchAll(/(?:npx live-assist-bridge|^`) ?(init|keys|config|mint|diagnose|tag|try) ([^`\n]*)/gm),
    ]);
    expect(lines.length).toBeGreaterThan(3);
    for (const [, command = '', rest = ''] of lines) {
      const { out } = await commandLine([command, '--help']);
      // Every command takes --help, which its own text does not list.
      for (const [option] of rest.matchAll(/--(?!help)[\w-]+/g)) expect(out).toContain(`${option} `);
    }
  });

  it('shows commands that are one line and the same in sh, cmd and PowerShell', () => {
    for (const [path, text] of pages)
      for (const command of commands(text))
        expect([path, command, elsewhereDifferent.test(command)]).toEqual([path, command, false]);
    expect(commands(page('docs/token-endpoint.md')).length).toBeGreaterThan(10);
  });
});

describe('docs/how-it-works.md', () => {
  it('names a test for every threat, and the test exists', () => {
    const threats = column('docs/how-it-works.md', 'Threats', 0);
    const named = column('docs/how-it-works.md', 'Threats', 2).map((cell) => cell.split(', '));
    expect(threats.length).toBeGreaterThan(12);
    for (const [index, paths] of named.entries())
      for (const path of paths)
        expect([threats[index], path, existsSync(path)]).toEqual([threats[index], path, true]);
  });
});

describe('docs/troubleshooting.md', () => {
  it('has a section for each symptom, and a command before all of them', () => {
    const sections = column('docs/troubleshooting.md', 'Start from what you see', 2);
    expect(sections).toHaveLength(8);
    for (const cell of sections) {
      const heading = /^\[(.+)\]/.exec(cell)?.[1] ?? 'missing';
      expect([heading, section('docs/troubleshooting.md', heading).trim()]).not.toEqual([heading, '']);
    }
    const first = commands(page('docs/troubleshooting.md').split('## Start from what you see')[0] ?? '');
    expect(first.map((line) => line.split(' ', 3).join(' '))).toEqual(['npx live-assist-bridge diagnose']);
  });
});

describe('docs/site-owners.md', () => {
  it('has a stub to copy with the hash of its text', () => {
    const stub = /<script>([\s\S]+?)<\/script>/.exec(example('stub'))?.[1] ?? '';
    const hash = createHash('sha256').update(stub).digest('base64');
    expect(/'sha256-([^']+)'/.exec(page('docs/site-owners.md'))?.[1]).toBe(hash);
  });
});

const shell = findCommand(['sh'], ['-c', 'openssl version'], {
  skipped: 'the documented lines for openssl alone',
  needs: 'a shell and openssl',
});

describe.skipIf(!shell)('the documented lines for openssl alone', () => {
  it('make a pair and print what is to be pasted', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'openssl-alone-'));
    const { status, stdout } = spawnSync(shell ?? '', ['-e', '-c', example('openssl')], {
      cwd,
      encoding: 'utf8',
    });
    const pem = (name: string) => readFileSync(join(cwd, name), 'utf8');
    const [privateKey, publicKey] = [pem('private_key.pem'), pem('public_key.pem')];
    rmSync(cwd, { recursive: true });
    expect(status).toBe(0);
    expect(stdout.trim()).toBe(await server.publicKeyValue(publicKey));
    const mint = await server.createMinter({ privateKey, issuer: 'www.example.com' });
    const token = await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
    const findings = await server.diagnose(token, { publicKey: stdout.trim(), issuer: 'www.example.com' });
    expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
  });
});

describe('docs/testing.md', () => {
  it('lists every option of the kit', () => {
    const known = /It knows (.*)\.$/.exec(String(catchError(() => resolveKitOptions({ '?': 1 }, {}))))?.[1];
    expect(column('docs/testing.md', 'Options', 0).sort()).toEqual(known?.split(', ').sort());
  });

  it('lists every cause of a missing method, as its type does', () => {
    const [, union = ''] = /export type MissingCause =([^;]*);/.exec(read('src/testing/engagement.ts')) ?? [];
    const causes = [...union.matchAll(/'([\w-]+)'/g)].map(([, cause]) => cause);
    const listed = read('docs/testing.md').split('| `cause` | meaning |')[1]?.split('\n\n')[0] ?? '';
    expect([...listed.matchAll(/^\| `([\w-]+)`/gm)].map(([, cause]) => cause)).toEqual(causes);
  });
});

function catchError(body: () => unknown): unknown {
  try {
    return body();
  } catch (error) {
    return error;
  }
}
