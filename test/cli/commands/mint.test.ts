import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { contact, faults, pasted, privatePem, publicPem } from '../../diagnosis/diagnose-site.js';
import { commandLine, file } from '../command-line.js';

const privateKey = file(privatePem, 'private_key.pem');
const mint = (...args: string[]) => commandLine(['mint', privateKey, '--issuer', 'www.example.com', ...args]);

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}

describe('mint', () => {
  it('prints a token that verifies and lives five minutes', async () => {
    const { code, out } = await mint(
      '--contact',
      `{${contact.toUpperCase()}}`,
      '--given-name',
      'Zoë',
      '--family-name',
      'Li',
    );
    const claims = claimsOf(out);
    expect(claims).toMatchObject({
      sub: contact,
      given_name: 'Zoë',
      family_name: 'Li',
      iss: 'www.example.com',
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
    expect(await faults(out, { publicKey: pasted, issuer: 'www.example.com' })).toEqual([]);
    expect(code).toBe(0);
  });

  it('prints its warning separately from the token', async () => {
    const { out, err } = await mint('--contact', contact);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(err).toMatch(/^Warning: .*can chat as that/);
  });

  it('makes a token of seven seconds on request, to try its effect', async () => {
    const { out } = await mint('--contact', contact, '--lifetime', '7');
    expect(await faults(out)).toEqual(['seven-second-sample']);
  });

  it.each<[string, string[], RegExp]>([
    ['no contact', [], /--contact is missing/],
    ['an e-mail address', ['--contact', 'ada@example.com'], /e-mail address/],
    ['zeros', ['--contact', '00000000-0000-0000-0000-000000000000'], /zeros/],
    ['a lifetime in words', ['--contact', contact, '--lifetime', '5m'], /seconds, a whole number/],
    ['a lifetime in milliseconds', ['--contact', contact, '--lifetime', '7200000'], /1 to 86400/],
  ])('refuses %s in a line', async (_, args, words) => {
    const { code, out, err } = await mint(...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  it('refuses a public key, and a private key on the command line', async () => {
    const other = await commandLine(['mint', file(publicPem), '--issuer', 'a', '--contact', contact]);
    expect(other).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining('public key where the private'),
    });
    const binary = file(createPrivateKey(privatePem).export({ type: 'pkcs8', format: 'der' }));
    const der = await commandLine(['mint', binary, '--issuer', 'a', '--contact', contact]);
    expect(der).toMatchObject({ code: 2, err: expect.stringContaining('openssl pkey -inform DER') });
    const typed = await commandLine(['mint', privatePem, '--issuer', 'a', '--contact', contact]);
    expect(typed.err).toMatch(/leaked/);
    expect(typed.err).not.toContain(privatePem.slice(40, 60));
  });
});
