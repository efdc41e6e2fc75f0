import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMinter, type KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { conversions } from '../../src/key/public-key-conversion.js';
import type { ReadKey } from '../../src/key/read/read-key.js';
import { base64Of, has, line, privateKeys, publicKeys } from './artifacts.js';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** Runs the commands in a folder that holds `text` under the name that they expect. */
function follow(commands: string, name: string, text: string): (file: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-bridge-remedy-'));
  folders.push(folder);
  writeFileSync(join(folder, name), text, { mode: 0o600 });
  for (const command of commands.split(/, (?:and: )?/))
    execFileSync('sh', ['-c', command], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
  return (file) => readFileSync(join(folder, file), 'utf8');
}

describe('the command that a remedy names for a public key', () => {
  it.each<[string, ReadKey['form'], string]>([
    ['PKCS#1', 'pkcs1', 'key.pem'],
    ['a JWK', 'jwk', 'key.json'],
    ['az keyvault key show', 'jwk', 'key.json'],
    ['a certificate', 'certificate', 'certificate.pem'],
    ['a certificate request', 'certificate request', 'request.pem'],
    ...(has.puttygen
      ? ([
          ['OpenSSH', 'ssh', 'key.pub'],
          ['PuTTYgen (SSH2)', 'ssh2', 'key.txt'],
        ] satisfies [string, ReadKey['form'], string][])
      : []),
  ])('makes the right file from %s', async (name, form, file) => {
    const read = follow(conversions[form]?.command ?? '', file, publicKeys[name] ?? '');
    expect(await publicKeyValue(read('public_key.pem'))).toBe(line);
  });

  it('is the one that the finding names', async () => {
    const { message } = (await publicKeyValue(publicKeys['a certificate'] ?? '').catch(
      (error: KeyError) => error as KeyError,
    )) as KeyError;
    expect(message).toContain(conversions.certificate?.command);
  });
});

describe('the command that a remedy names for a private key', () => {
  const remedyFor = async (text: string) => {
    const error: unknown = await createMinter({ privateKey: text, issuer: 'a.example' }).catch(
      (error) => error,
    );
    const { message } = error as KeyError;
    return message.slice(message.search(/(openssl|ssh-keygen|puttygen|keytool) /));
  };
  const mints = async (privateKey: string) =>
    expect(createMinter({ privateKey, issuer: 'a.example' })).resolves.toBeTypeOf('function');

  it('converts PKCS#1', async () => {
    const text = privateKeys['PKCS#1'] ?? '';
    await mints(follow(await remedyFor(text), 'private_key.pem', text)('private_key.pkcs8.pem'));
  });

  it.runIf(has.puttygen)('converts PuTTY', async () => {
    const text = privateKeys['PuTTY (.ppk)'] ?? '';
    await mints(follow(await remedyFor(text), 'key.ppk', text)('private_key.pkcs8.pem'));
  });

  it.runIf(has.puttygen)('converts ssh.com', async () => {
    const text = privateKeys['ssh.com'] ?? '';
    await mints(follow(await remedyFor(text), 'key.txt', text)('private_key.pkcs8.pem'));
  });

  it.runIf(has.keytool)('takes the key out of a Java key store', async () => {
    const text = privateKeys['base64 of a Java key store (JKS)'] ?? '';
    // The commands prompt for passwords.
    const commands = (await remedyFor(text))
      .replace('-importkeystore', '-importkeystore -noprompt -srcstorepass changeit -deststorepass changeit')
      .replace('-nocerts', '-passin pass:changeit -nocerts');
    await mints(follow(commands, 'key.txt', text)('private_key.pem'));
  });

  it.runIf(has.puttygen && has.sshKeygen)('converts OpenSSH', async () => {
    const text = privateKeys.OpenSSH ?? '';
    await mints(follow(await remedyFor(text), 'private_key.pem', text)('private_key.pem'));
  });

  it('takes the key out of a PKCS#12 file', async () => {
    const text = base64Of('key.pfx');
    const commands = (await remedyFor(text)).replace('-nocerts', '-passin pass:secret -nocerts');
    await mints(follow(commands, 'key.txt', text)('private_key.pem'));
  });
});
