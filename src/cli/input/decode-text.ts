/** Turns the bytes of a file or of standard input into text, or says in a sentence what they are instead. */
import { identifyDer, type KeyFormat } from '../../key/key-format.js';
import { UsageError } from '../usage-error.js';

/** `what` names where the bytes come from. Windows PowerShell redirects into UTF-16. @throws UsageError */
export function decodeText(bytes: Uint8Array, what: string): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  // No text has a zero; keys in binary form, archives and pictures all have some.
  if (bytes.includes(0)) throw new UsageError(`${what} ${whatElse(bytes)}`);
  return new TextDecoder().decode(bytes);
}

function whatElse(bytes: Uint8Array): string {
  const toText = conversions[identifyDer(bytes).format];
  if (toText) return `is a key or certificate in binary form (DER). Convert it to text: ${toText}`;
  const zeros = [0, 1].map((start) => bytes.filter((byte, at) => at % 2 === start && byte === 0).length);
  // Of ASCII in UTF-16 one byte of every two is zero, and always the same one.
  return Math.max(...zeros) > bytes.length / 4 && Math.min(...zeros) < bytes.length / 20
    ? 'is in UTF-16 without a mark that says so. Save it as UTF-8.'
    : 'is not text. Is it the right file? If so, save it as UTF-8.';
}

const privateKey = 'openssl pkey -inform DER -in FILE -out private_key.pem';

const conversions: Partial<Record<KeyFormat, string>> = {
  spki: 'openssl pkey -pubin -inform DER -in FILE -out public_key.pem',
  'pkcs1-public': 'openssl rsa -RSAPublicKey_in -inform DER -in FILE -pubout -out public_key.pem',
  certificate: 'openssl x509 -inform DER -in FILE -noout -pubkey > public_key.pem',
  pkcs8: privateKey,
  'pkcs1-private': privateKey,
  sec1: privateKey,
  encrypted: privateKey,
};
