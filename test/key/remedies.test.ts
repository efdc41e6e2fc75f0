import { createMinter, diagnose, type KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { commandLine, file } from '../cli/command-line.js';
import { token } from '../diagnosis/diagnose-site.js';
import { base64Of, bytesOf, has, line, publicKeys, read, run } from './artifacts.js';
import { commandsIn, followRemedy } from './follow-remedy.js';
import { inBase64, inLines, privateTexts, withoutMarks, withPasswords } from './private-texts.js';

const inOneLine = (pem = '') => pem.replace(/\s*\n\s*/g, '');

/** The name of the case, the file's name in the remedy, and the pasted text. */
const publicTexts: [name: string, file: string, text: string][] = [
  ['PKCS#1', 'key.pem', publicKeys['PKCS#1'] ?? ''],
  ['PKCS#1 without BEGIN and END', 'key.txt', withoutMarks(publicKeys['PKCS#1'])],
  ['PKCS#1 with BEGIN and END in one line', 'key.txt', inOneLine(publicKeys['PKCS#1'])],
  ['a JWK', 'key.json', publicKeys['a JWK'] ?? ''],
  ['a JWK in base64', 'key.txt', inBase64(publicKeys['a JWK'])],
  ['a list of JWKs', 'key.json', `\ufeff[${publicKeys['a JWK']}]`],
  ['az keyvault key show', 'key.json', publicKeys['az keyvault key show'] ?? ''],
  ['a certificate', 'certificate.pem', publicKeys['a certificate'] ?? ''],
  ['a certificate with its printout', 'certificate.pem', publicKeys['openssl x509 -text'] ?? ''],
  ['a certificate without BEGIN and END', 'key.txt', withoutMarks(publicKeys['a certificate'])],
  ['a certificate in lines of base64', 'key.txt', inLines(withoutMarks(publicKeys['a certificate']))],
  ['a certificate in one line', 'key.txt', inOneLine(publicKeys['a certificate'])],
  ['a certificate file in base64', 'key.txt', inBase64(publicKeys['a certificate'])],
  ['a certificate request', 'request.pem', publicKeys['a certificate request'] ?? ''],
  ['a certificate request in one line', 'key.txt', inOneLine(publicKeys['a certificate request'])],
  ['PKCS#7', 'key.p7b', run('openssl', ...'crl2pkcs7 -nocrl -certfile certificate.pem'.split(' '))],
  ['a public key file in base64', 'key.txt', inBase64(publicKeys['"writing RSA key" before it'])],
  ['a public key file in lines of base64', 'key.txt', inLines(inBase64(read('public_key.pem')))],
];
if (has.puttygen && has.sshKeygen) {
  publicTexts.push(['OpenSSH', 'key.pub', publicKeys.OpenSSH ?? '']);
  publicTexts.push(['PuTTYgen (SSH2)', 'key.txt', publicKeys['PuTTYgen (SSH2)'] ?? '']);
}

describe('the remedy for a public key in another form', () => {
  const findingFor = async (publicKey: string) =>
    (await diagnose(token(), { publicKey })).find(({ code }) => code.startsWith('key-'))?.message ?? '';

  it.each(publicTexts)('ends with the line to paste: %s', async (_, name, text) => {
    // The command of Azure is for readers whose key is there.
    const message = (await findingFor(text)).replace(/\(Azure.*/, '');
    expect((await followRemedy(message, { [name]: text })).printed).toBe(line);
  });

  it.each(publicTexts)('is also what config says: %s', async (_, __, text) => {
    const refusal: unknown = await publicKeyValue(text).catch((error) => error);
    // The reader of config reads a key file in base64 as it is.
    if (refusal === line) return;
    const [last, ...commands] = commandsIn((await findingFor(text)).replace(/\(Azure.*/, '')).reverse();
    expect(last).toBe('npx live-assist-bridge config public_key.pem --value');
    expect(commandsIn((refusal as KeyError).message)).toEqual(commands.reverse());
  });

  it('has no text but a command between backticks', async () => {
    for (const [, , text] of publicTexts)
      for (const command of commandsIn(await findingFor(text)))
        expect(command).toMatch(
          /^(openssl|node -e|ssh-keygen|az|npx live-assist-bridge) (?!.*(, and|, then|: `))/,
        );
  });

  it.runIf(has.keytool)('takes the certificate out of a trust store', async () => {
    const store = '-keystore trust.jks -storetype JKS -storepass changeit';
    run('keytool', ...`-importcert -noprompt -file certificate.pem -alias site ${store}`.split(' '));
    const text = base64Of('trust.jks');
    const fill = (command: string) =>
      command
        .replace('-alias ALIAS', '-alias site')
        .replace('-exportcert', '-exportcert -storepass changeit');
    expect((await followRemedy(await findingFor(text), { 'key.txt': text }, fill)).printed).toBe(line);
  });

  it('takes the certificate out of a PKCS#12 file without a key', async () => {
    run(
      'openssl',
      ...'pkcs12 -export -nokeys -in certificate.pem -passout pass:secret -out only.pfx'.split(' '),
    );
    const text = base64Of('only.pfx');
    const fill = (command: string) => command.replace('-nokeys', '-nokeys -passin pass:secret');
    expect((await followRemedy(await findingFor(text), { 'key.txt': text }, fill)).printed).toBe(line);
  });

  it.each([
    ['openssl -text', publicKeys['openssl pkey -text'] ?? '', 'private_key.pem'],
    ['openssl asn1parse', run('openssl', 'asn1parse', '-in', 'public_key.pem'), 'FILE'],
    [
      'openssl x509',
      run('openssl', ...'x509 -in certificate.pem -noout -text'.split(' ')),
      'certificate.pem',
    ],
    ['openssl req', run('openssl', ...'req -in request.pem -noout -text'.split(' ')), 'request.pem'],
  ])('uses the file that %s printed', async (_, text, name) => {
    const printed = read(name === 'FILE' ? 'public_key.pem' : name);
    expect((await followRemedy(await findingFor(text), { [name]: printed })).printed).toBe(line);
  });
});

describe('the remedy for a binary file', () => {
  const publicDer = Buffer.from(line, 'base64');
  const der = (...args: string[]) => {
    run('openssl', ...args, '-outform', 'DER', '-out', 'out.der');
    return bytesOf('out.der');
  };

  it.each([
    ['a public key', () => publicDer],
    ['PKCS#1', () => der('rsa', '-pubin', '-in', 'public_key.pem', '-RSAPublicKey_out')],
    ['a certificate', () => der('x509', '-in', 'certificate.pem')],
    ['a certificate request', () => der('req', '-in', 'request.pem')],
    ['PKCS#7', () => der('crl2pkcs7', '-nocrl', '-certfile', 'certificate.pem')],
  ])('makes public_key.pem: %s', async (_, make) => {
    const bytes = make();
    const { err } = await commandLine(['config', file(bytes), '--value']);
    const made = await followRemedy(err, { FILE: bytes });
    expect(withoutMarks(made.read('public_key.pem'))).toBe(line);
  });
});

const mints = async (privateKey: string) =>
  expect(createMinter({ privateKey, issuer: 'a.example' })).resolves.toBeTypeOf('function');

describe('the remedy for a private key in another form', () => {
  it.each(privateTexts)('ends with a key that signs: %s', async (name, from, text, made) => {
    const refusal: unknown = await createMinter({ privateKey: text, issuer: 'a.example' }).catch(
      (error) => error,
    );
    const { message } = refusal as KeyError;
    await mints((await followRemedy(message, { [from]: text }, withPasswords(name))).read(made));
  });
});
