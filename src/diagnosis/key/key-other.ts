/** Recognises texts that are no public key by what they look like, and keys in the place of a token. */

import { tokenShape } from '../../contract/token-shape.js';
import { fromBase64 } from '../../key/base64.js';
import { PRIVATE } from '../../key/key-text.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOfKey } from './key-kind.js';
import { cleanKeyText } from './pasted-key.js';

const TOKEN = new RegExp(`^([Bb]earer\\s+)?["']?${tokenShape}["']?$`);

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
  const pem = decodedPem(text);
  if (pem !== undefined) return finding(PRIVATE.test(pem) ? 'private-key' : 'key-encoded-twice');
  return undefined;
}

/** What key a text is that should be a token; undefined for none. A certificate counts as one that may be seen. */
export function keyInPlaceOfToken(text: string): 'private' | 'public' | undefined {
  if (/^\{/.test(text)) {
    if (!/"kty"\s*:/.test(text)) return undefined;
    return PRIVATE.test(text) ? 'private' : 'public';
  }
  const pem = decodedPem(text) ?? text;
  // Also of one whose first lines are lost.
  if (/-----(BEGIN|END) /.test(pem)) return PRIVATE.test(pem) ? 'private' : 'public';
  if (/^(ssh-\w+|ecdsa-\S+) /.test(text)) return 'public';
  // 0x30, as all keys begin: no token does, nor a word of any length that a person writes.
  if (!/^M[\w+/=\s\\-]{59}/.test(text)) return undefined;
  const key = kindOfKey(fromBase64(cleanKeyText(text.slice(0, 20_000)).base64));
  return key && (key.kind === 'private' ? 'private' : 'public');
}

/** The PEM file that is in base64 once more, as environment variables and vaults carry it. */
function decodedPem(text: string): string | undefined {
  // "-----BEGIN" in base64.
  return /^LS0tLS1CRUdJTi[\w+/=\s]*$/.test(text)
    ? new TextDecoder().decode(fromBase64(text.replace(/\s/g, '')))
    : undefined;
}
