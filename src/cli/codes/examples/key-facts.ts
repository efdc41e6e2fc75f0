/**
 * Example facts for the findings about the text pasted as JWT Public Key.
 *
 * @module
 */
import type { keyFindings } from '../../../diagnosis/findings/key-findings.js';
import type { ExampleFacts } from './example-facts.js';

const fromPrivateKey = '`openssl pkey -in private_key.pem -pubout -out public_key.pem`';

export const keyFacts: ExampleFacts<typeof keyFindings> = {
  'private-key': [''],
  'key-published': ['the README of a library'],
  'key-weak': [
    'A faulty chip made this key (ROCA, CVE-2017-15361): anybody can compute its private key, and chat as any of your contacts',
  ],
  'key-other-use': ['"use": "enc"'],
  'key-is-html': ['an HTML page'],
  'key-is-jwk': ['a JWK, a key in JSON', fromPrivateKey],
  'key-is-ssh': ['in the format of OpenSSH', '`ssh-keygen -e -m PKCS8 -f key.pub > public_key.pem`'],
  'key-other-format': ['a printout (openssl -text), not the key itself', fromPrivateKey],
  'key-pkcs1': ['`openssl rsa -RSAPublicKey_in -in key.pem -pubout -out public_key.pem`'],
  'key-certificate': ['certificate', '`openssl x509 -in certificate.pem -pubkey -noout -out public_key.pem`'],
  'key-not-rsa': ['elliptic curves (EC)'],
  'key-encoded-twice': ['`openssl base64 -d -A -in key.txt -out public_key.pem`'],
  'key-unreadable': [undefined],
  'key-is-encrypted': ['Ansible Vault'],
  'key-several': [2],
  'key-repeated': [2],
  'key-escaped': ['%2B', '"+"'],
  'key-header': ['The BEGIN and END lines are'],
  'key-line-breaks': [6, 65],
  'key-escaped-breaks': [6],
  'key-blanks': [1, 65],
  'key-invisible': [1],
  'key-foreign-character': ['"#"', 65],
  'key-padding': ['"="'],
  'key-characters-missing': [1, 2048, 392, ''],
  'key-characters-extra': [1, 2048, 392, ''],
  'key-damaged': [''],
  'key-too-small': [1024],
  'key-fine': [2048, ''],
};
