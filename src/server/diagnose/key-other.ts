/** Recognises texts that are no public key by what they look like. */
import { fromBase64 } from './base64.js';
import { type Finding, finding } from './finding.js';
import { tokenShape } from './token-shape.js';

const TOKEN = new RegExp(`^([Bb]earer\\s+)?["']?${tokenShape}["']?$`);
const PRIVATE = /PRIVATE KEY|"d"\s*:/;

/** The finding for a text which is something else than a public key in PEM or base64. */
export function otherThanKey(text: string): Finding | undefined {
  if (!text) return finding('key-empty');
  // One of 16384 bits, the longest engines take, has 2800 characters.
  if (text.length > 20_000) return finding(PRIVATE.test(text) ? 'private-key' : 'key-unreadable');
  if (PRIVATE.test(text)) return finding('private-key');
  if (TOKEN.test(text)) return finding('key-is-token');
  if (/^\s*[{[]/.test(text)) return finding('key-is-jwk');
  if (/^https?:\/\//i.test(text)) return finding('key-is-address');
  if (/^ssh-\w+ |^ecdsa-|BEGIN SSH2/.test(text)) return finding('key-is-ssh');
  if (/^([0-9a-f]{2}[:\s]?){20,64}$/i.test(text)) return finding('key-is-fingerprint');
  // "-----BEGIN" in base64: a whole PEM file, as environment variables and vaults carry it.
  if (/^LS0tLS1CRUdJTi[\w+/=\s]*$/.test(text)) {
    const pem = new TextDecoder().decode(fromBase64(text.replace(/\s/g, '')));
    return finding(PRIVATE.test(pem) ? 'private-key' : 'key-encoded-twice');
  }
  return undefined;
}
