/**
 * Recognises what programs show in place of a key: the name of an object, numbers, encrypted values.
 *
 * @module
 */
import { fromBase64 } from '../../key/base64.js';
import { certificateOfKeystore, inOrder, publicKeyOfCertificate } from '../../key/remedy-commands.js';
import { type Finding, finding } from '../findings/finding.js';

/** Returns the finding for a text that stands for a key without being one. */
export function shownInsteadOfKey(text: string): Finding | undefined {
  if (text.length > 20_000) return undefined;
  if (/(?<!\d)\d{280,}/.test(text) || isModulus(text)) return finding('key-is-modulus');
  if (OBJECT.test(text)) return finding('key-is-object');
  const encrypted = encryptedBy(text);
  if (encrypted) return finding('key-is-encrypted', encrypted);
  if (/^@Microsoft\.KeyVault\(|=\s*[<(]sensitive( value)?[>)]$/.test(text)) return finding('key-placeholder');
  if (/^(Alias name|Owner|Keystore type): /m.test(text) && /fingerprint|keystore/i.test(text))
    return finding(
      'key-other-format',
      'a printout of keytool, not the key itself',
      inOrder(certificateOfKeystore, publicKeyOfCertificate),
    );
  if (/^[ \t]*\d+:d=\d+ +hl=\d+ +l=/m.test(text))
    return finding(
      'key-other-format',
      'a printout of openssl asn1parse, not the key itself',
      `${inOrder('openssl pkey -pubin -in FILE -out public_key.pem')}, with the file it was printed from`,
    );
  return undefined;
}

/** What Node, browsers, PHP, Ruby, Python, .NET and Java print for a key object or for bytes. */
const OBJECT =
  /^(\[object \w+\]|(Crypto|Public|Private|Secret)?Key(Object)? \{|(Public|Private)KeyObject [[{]|OpenSSLAsymmetricKey\b|Resource id #\d+|#<OpenSSL::|\{"n"=>#<OpenSSL::BN|#<[A-Z][\w:]+:0x|<[\w.]+ object at 0x|System\.(?:Security\.|Byte\[\]$)|(sun|java|javax|com|org)\.[\w.]+@[\da-f]+$|\[B@[\da-f]+$|\w*PublicKey@[\da-f]+$)/;

function encryptedBy(text: string): string | undefined {
  if (text.startsWith('$ANSIBLE_VAULT;')) return 'Ansible Vault';
  if (/^vault:v\d+:/.test(text)) return "HashiCorp Vault's transit engine";
  if (/\bENC\[AES256_GCM,/.test(text)) return 'SOPS';
  return undefined;
}

/** A modulus in base64: exactly as many bytes as a key has, the first bit and the last bit set. */
function isModulus(text: string): boolean {
  if (!/^[\w+/-]{342,683}={0,2}$/.test(text)) return false;
  const bytes = fromBase64(text);
  const isWhole = [256, 384, 512].includes(bytes.length);
  return isWhole && (bytes[0] ?? 0) >= 0x80 && (bytes.at(-1) ?? 0) % 2 === 1;
}
