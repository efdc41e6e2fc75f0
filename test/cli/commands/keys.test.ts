import { createPublicKey } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMinter, diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { commandLine, file, folder } from '../command-line.js';

const keys = (directory: string, ...more: string[]) =>
  commandLine(['keys', '--issuer', 'www.example.com', '--directory', directory, ...more]);

describe('keys', () => {
  it('writes a pair whose private key signs and whose printed line verifies', async () => {
    const directory = folder();
    const { code, out } = await keys(directory);
    const privateKey = readFileSync(join(directory, 'private_key.pem'), 'utf8');
    const line = out.match(/^MIIBIjANBgkq.*$/m)?.[0] ?? '';
    const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
    const token = await mint({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' });
    const codes = (await diagnose(token, { publicKey: line })).map(({ code }) => code);
    expect(codes).toContain('signature-fits');
    expect(code).toBe(0);
  });

  it.skipIf(process.platform === 'win32')('lets nobody else read the private key', async () => {
    const directory = folder();
    await keys(directory);
    expect(statSync(join(directory, 'private_key.pem')).mode & 0o777).toBe(0o600);
  });

  it('prints no private key', async () => {
    const directory = folder();
    const { out, err } = await keys(directory);
    const [, second = 'none'] = readFileSync(join(directory, 'private_key.pem'), 'utf8').split('\n');
    expect(out + err).not.toContain(second);
    expect(out + err).not.toContain('PRIVATE KEY-----');
  });

  it.each(['private_key.pem', 'public_key.pem'])(
    'overwrites no %s, and then writes neither',
    async (name) => {
      const directory = folder();
      writeFileSync(join(directory, name), 'precious');
      const { code, out, err } = await keys(directory);
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toMatch(/^live-assist-bridge: .*exists and is not overwritten\..*\n$/);
      expect(readdirSync(directory)).toEqual([name]);
      expect(readFileSync(join(directory, name), 'utf8')).toBe('precious');
    },
  );

  it.skipIf(process.platform === 'win32')('follows no link that points elsewhere', async () => {
    const directory = folder();
    const elsewhere = join(folder(), 'elsewhere.pem');
    symlinkSync(elsewhere, join(directory, 'private_key.pem'));
    expect((await keys(directory)).code).toBe(2);
    expect(() => statSync(elsewhere)).toThrow();
  });

  it('creates the folder if it is missing', async () => {
    const directory = join(folder(), 'new', 'keys');
    expect((await keys(directory)).code).toBe(0);
    expect(readdirSync(directory).sort()).toEqual(['private_key.pem', 'public_key.pem']);
  });

  it('leaves no draft behind, and removes the draft of a run that was interrupted', async () => {
    const directory = folder();
    writeFileSync(join(directory, '.private_key.pem.4194999.tmp'), 'half');
    expect((await keys(directory)).code).toBe(0);
    expect(readdirSync(directory).sort()).toEqual(['private_key.pem', 'public_key.pem']);
  });

  it('says what to do next', async () => {
    expect((await keys(folder())).out).toMatch(/^Next: give the table/m);
  });

  it('creates larger keys on request', async () => {
    const directory = folder();
    await keys(directory, '--bits', '3072');
    const key = createPublicKey(readFileSync(join(directory, 'public_key.pem')));
    expect(key.asymmetricKeyDetails?.modulusLength).toBe(3072);
  });

  it('says in a line what is wrong', async () => {
    const directory = folder();
    expect((await commandLine(['keys'])).err).toMatch(/^live-assist-bridge: --issuer is missing\. .*\n$/);
    expect((await keys(directory, '--bits', '1024')).err).toContain('2048, 3072 or 4096');
    const occupied = file('');
    expect((await keys(occupied)).err).toContain(`${occupied} is not a folder: a file is in its place.`);
    expect((await keys(directory, '--method-name', 'a.__proto__')).err).toContain('method name');
    expect(readdirSync(directory)).toEqual([]);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'says when it may not write',
    async () => {
      const directory = folder();
      chmodSync(directory, 0o500);
      expect((await keys(directory)).err).toContain('may not write');
    },
  );
});
