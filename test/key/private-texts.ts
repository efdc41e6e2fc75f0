/**
 * Private keys in forms that have to be converted, with the name of the file in the remedy.
 *
 * @module
 */
import { base64Of, has, privateKeys } from './artifacts.js';

export const withoutMarks = (pem = '') => pem.replace(/-----.*?-----|\s/g, '');
export const inBase64 = (text = '') => Buffer.from(text).toString('base64');
export const inLines = (text: string) => text.replace(/.{64}/g, '$&\r\n');

/** The name of the case, the file's name in the remedy, the text, and the file that the remedy makes. */
export const privateTexts: [name: string, file: string, text: string, made: string][] = [
  ['PKCS#1', 'private_key.pem', privateKeys['PKCS#1'] ?? '', 'private_key.pkcs8.pem'],
  ['PKCS#1 without its lines', 'key.txt', withoutMarks(privateKeys['PKCS#1']), 'private_key.pkcs8.pem'],
  ['PKCS#1 in base64', 'key.txt', inBase64(privateKeys['PKCS#1']), 'private_key.pkcs8.pem'],
  ['a PKCS#12 file', 'key.txt', base64Of('key.pfx'), 'private_key.pem'],
  ['a PKCS#12 file in lines', 'key.txt', inLines(base64Of('key.pfx')), 'private_key.pem'],
  ['an encrypted key', 'private_key.pem', privateKeys['an encrypted key'] ?? '', 'private_key.pkcs8.pem'],
];
if (has.puttygen) {
  privateTexts.push(['PuTTY', 'key.ppk', privateKeys['PuTTY (.ppk)'] ?? '', 'private_key.pkcs8.pem']);
  privateTexts.push(['ssh.com', 'key.txt', privateKeys['ssh.com'] ?? '', 'private_key.pkcs8.pem']);
  if (has.sshKeygen)
    privateTexts.push(['OpenSSH', 'private_key.pem', privateKeys.OpenSSH ?? '', 'private_key.pem']);
}
if (has.keytool) {
  const keystore = privateKeys['base64 of a Java key store (JKS)'] ?? '';
  privateTexts.push(['a Java key store', 'key.txt', keystore, 'private_key.pem']);
}

/** Fills in the passwords that the commands ask for, and the alias. */
export const withPasswords = (name: string) => (command: string) => {
  const password = /Java/.test(name) ? 'changeit' : 'secret';
  return command
    .replace('-importkeystore', '-importkeystore -noprompt -srcstorepass changeit -deststorepass changeit')
    .replace('-exportcert', '-exportcert -storepass changeit')
    .replace('ALIAS', '1')
    .replace(/^openssl (pkcs8 -topk8|pkcs12|pkey)/, `$& -passin pass:${password}`);
};
