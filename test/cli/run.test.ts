import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, truncateSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { whyTooOld } from '../../src/cli/node-version.js';
import { token } from '../diagnosis/diagnose-site.js';
import { commandLine, file } from './command-line.js';

const { version } = createRequire(import.meta.url)('../../package.json');

describe('the command line', () => {
  it('prints its version', async () => {
    for (const word of ['--version', '-v', 'version'])
      expect(await commandLine([word])).toEqual({ code: 0, out: `${version}\n`, err: '' });
  });

  it('lists its commands, on standard error if no command was given', async () => {
    expect(await commandLine(['--help'])).toMatchObject({ code: 0, err: '' });
    expect(await commandLine([])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('diagnose'),
    });
  });

  it.each(['init', 'keys', 'config', 'mint', 'diagnose', 'tag', 'try'])(
    'explains %s with an example',
    async (name) => {
      const { code, out } = await commandLine([name, '--help']);
      expect(code).toBe(0);
      expect(out).toMatch(new RegExp(`^Usage: live-assist-bridge ${name} `));
      expect(out).toMatch(new RegExp(`Examples?:\n  live-assist-bridge ${name} `));
      expect(out.split('\n').every((line) => line.length <= 80)).toBe(true);
    },
  );

  it('also explains a command named after help', async () => {
    expect(await commandLine(['help', 'keys'])).toEqual(await commandLine(['keys', '--help']));
    expect(await commandLine(['help'])).toEqual(await commandLine(['--help']));
    expect(await commandLine(['help', '--help'])).toEqual(await commandLine(['--help']));
    expect((await commandLine(['help', 'kyes'])).err).toContain('Did you mean keys?');
  });

  it.each<[string[], RegExp]>([
    [['kyes'], /"kyes" is not a command\. Did you mean keys\?/],
    [['diagnoze'], /Did you mean diagnose\?/],
    [['frobnicate'], /There are init, keys, config, mint, diagnose, tag, try/],
    [['--verison'], /Did you mean --version\?/],
    [['constructor'], /is not a command/],
    [['keys', '--isuer', 'x'], /keys does not know the option --isuer\. Did you mean --issuer\?/],
    [['diagnose', '-', '--pubkey', 'x'], /Did you mean --public-key\?/],
    [['keys', '--issuer'], /--issuer needs a value/],
    [['keys', '--issuer='], /--issuer needs a value/],
    [['keys', '--issuer', '--bits', '2048'], /--issuer needs a value/],
    [['keys', '--issuer', 'a', '--issuer', 'b'], /--issuer is given twice/],
    [['config', 'x', '--json=1'], /--json takes no value/],
    [['keys', 'x', '--issuer', 'a'], /one argument too many: keys takes only options/],
  ])('answers %o with a sentence', async (args, words) => {
    const { code, out, err } = await commandLine(args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it.each(['diagnose', 'config'])(
    'refuses a token that stands on the line after %s, without repeating it',
    async (name) => {
      const secret = token();
      for (const args of [[secret], ['x', '--issuer', secret], ['x', `--issuer=${secret}`]]) {
        const { code, err } = await commandLine([name, ...args]);
        expect(code).toBe(2);
        expect(err).toMatch(/There is a token on the command line/);
        expect(err).not.toContain(secret.slice(0, 12));
      }
    },
  );

  it('accepts a host name with the shape of a token', async () => {
    const { err } = await commandLine(['diagnose', '-', '--issuer', 'ewolfsburg-shop.azurewebsites.net']);
    expect(err).toBe('');
  });

  it('does not repeat a part of a token on the command line', async () => {
    const [header = '', payload = '', signature = ''] = token().split('.');
    const parts = [header, payload, signature, `${header}.${payload.slice(0, 20)}`, `${header}.${payload}`];
    for (const part of parts) {
      for (const args of [['diagnose', part], ['diagnose', 'x', part], ['config', part, '--value'], [part]]) {
        const { code, err } = await commandLine(args);
        expect(code).toBe(2);
        expect(err.trimEnd().split('\n')).toHaveLength(1);
        expect(err).not.toContain(part.slice(0, 8));
      }
      const { err } = await commandLine(['diagnose', 'https://a.example', '--header', `@${part}`]);
      expect(err).not.toContain(part.slice(0, 8));
    }
    expect((await commandLine(['diagnose', header])).err).toMatch(
      /Is it a token or a cookie, or a part of one\?/,
    );
  });

  it.each(['18.20.4', '20.18.3', '14.21.3'])('says in a sentence that Node %s is too old', (version) => {
    expect(whyTooOld(version)).toBe(
      `This is Node ${version}, which is too old. Install Node 20.19 or newer, and run the command again.`,
    );
  });

  it.each(['20.19.0', '22.0.0', '26.1.0'])('accepts Node %s', (version) => {
    expect(whyTooOld(version)).toBeUndefined();
  });

  it('runs as a process: exit code, both streams, no stack trace', () => {
    const main = new URL('../../src/cli/main.ts', import.meta.url);
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
    const node = (args: string[], input = '') =>
      spawnSync(process.execPath, ['--import', tsx.href, fileURLToPath(main), ...args], {
        encoding: 'utf8',
        input,
      });
    expect(node(['diagnose', '-'], token())).toMatchObject({ status: 0, stderr: '' });
    expect(node(['diagnose', '-'], `Bearer ${token()}`)).toMatchObject({ status: 1, stderr: '' });
    const failed = node(['config', 'nowhere.pem', '--value']);
    expect(failed).toMatchObject({ status: 2, stdout: '' });
    expect(failed.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  it.skipIf(!existsSync('/dev/full'))('says in one sentence that the disk is full, and exits with 2', () => {
    const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx'));
    const full = openSync('/dev/full', 'w');
    const { status, stderr } = spawnSync(process.execPath, ['--import', tsx.href, main, 'diagnose', '-'], {
      encoding: 'utf8',
      input: token(),
      stdio: ['pipe', full, 'pipe'],
    });
    closeSync(full);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^live-assist-bridge: the output cannot be written \(ENOSPC\)\. .*\n$/);
  });

  it('reads no more than 1 MB of a file, whatever its size', async () => {
    const huge = file('');
    truncateSync(huge, 1e9);
    const before = process.memoryUsage().rss;
    for (const path of [huge, ...(existsSync('/dev/zero') ? ['/dev/zero'] : [])]) {
      for (const args of [
        ['diagnose', path],
        ['config', path, '--value'],
        ['diagnose', 'x', '--public-key', `@${path}`],
      ]) {
        const { code, err } = await commandLine(args);
        expect(code).toBe(2);
        expect(err).toMatch(/^[^\n]*is larger than 1 MB\. Is it the right file\?\n$/);
      }
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it('reads no more than 1 MB of standard input', async () => {
    const { code, err } = await commandLine(['diagnose', '-'], { stdin: Buffer.alloc(3e6) });
    expect(code).toBe(2);
    expect(err).toMatch(/^[^\n]*More than 1 MB arrived on standard input\.[^\n]*\n$/);
  });
});
