/**
 * Recognises texts that are not a public key, and keys in place of a token.
 *
 * @module
 */
import { tokenShape } from '../../contract/token-shape.js';
import { publicKeyConversion } from '../../key/public-key-conversion.js';
import type { ReadKey } from '../../key/read/found-key.js';
import { isDiscovery } from '../../key/read/is-discovery.js';
import { looksLikePath } from '../../key/read/looks-like-path.js';
import { readKey } from '../../key/read/read-key.js';
import { fromBase64Text } from '../../key/remedy-commands.js';
import { htmlIn } from '../answer/own-page.js';
import { type Finding, finding } from '../findings/finding.js';
import { isUnfilled } from '../unfilled-value.js';
import { shownInsteadOfKey } from './key-shown.js';

const TOKEN = new RegExp(`^(?:[Bb]earer\\s+)?["']?${tokenShape}["']?$`);

/** What openssl, ssh-keygen and shells print in place of a key. */
const OF_TOOL =
  /^(Could not (open|read|find)|unable to load|[\dA-F]{8,16}:error:|Error (opening|reading|outputting)|Can't open|Load key |Failed to load key|.{0,60}(command not found|is not recognized as))/im;

/** Returns the finding for text that contains no key, if the text shows what it is instead. */
export function otherThanKey(text: string): Finding | undefined {
  if (!text) return finding('key-empty');
  if (TOKEN.test(text)) return finding('key-is-token');
  if (isDiscovery(text)) return finding('key-is-discovery');
  const html = htmlIn(text);
  if (html) return finding('key-is-html', html);
  if (/^https?:\/\//i.test(text)) return finding('key-is-address');
  const shown = shownInsteadOfKey(text);
  if (shown) return shown;
  if (text.length < 300 && /^(?:[0-9a-f]{2}[:\s]?){20,64}$/i.test(text)) return finding('key-is-fingerprint');
  if (
    /\bfingerprints?\b|\bthumbprint\b|\bSHA256:[\w+/]{43}\b|\bx[a-z]{4}(-[a-z]{5}){4,}-[a-z]{4}x\b|\bMD5:([\da-f]{2}:){15}/i.test(
      text,
    ) &&
    text.length < 20_000
  )
    return finding('key-is-fingerprint');
  if (/^[\da-f]{64}\s{1,3}[*-]?[\w./-]{1,100}$/i.test(text)) return finding('key-is-fingerprint');
  if (OF_TOOL.test(text)) return finding('key-is-message');
  if (/^(modulus\s*=\s*[\da-f]+|([\da-f]{256}){1,4})$/i.test(text)) return finding('key-is-modulus');
  if (looksLikePath(text)) return finding('key-is-path');
  if (
    isUnfilled(text) ||
    (/^(\$|%\w+%|<[^>]*>$|\{\{|\*{4}|x{4,}$)|\b(your|placeholder|changeme)|process\.env/i.test(text) &&
      text.length < 200)
  )
    return finding('key-placeholder');
  return undefined;
}

/** Whether dots replace some of the key's characters, as on web pages that shorten long text. */
export const isShortened = (text: string) =>
  /(?<![\w+/])(MI[IGCHEF][\w+/]{3,}|AAAA[\w+/]{8,}|LS0t[\w+/]{4,}|[\w+/]{40,})(\.{3}|\u2026)/.test(text);

/**
 * Returns the finding for a key in a form that Live Assist does not read, or `undefined` for a SubjectPublicKeyInfo.
 */
export function otherForm(key: ReadKey): Finding | undefined {
  const { kind, form, algorithm, encodedTwice } = key;
  if (kind !== 'public' && kind !== 'certificate' && form !== 'pkcs7') return undefined;
  if (algorithm !== undefined && algorithm !== 'RSA') return finding('key-not-rsa', algorithm);
  if (form === 'spki')
    return encodedTwice ? finding('key-encoded-twice', fromBase64Text('public_key.pem')) : undefined;
  const { what, remedy } = publicKeyConversion(key) ?? {};
  if (!what || !remedy) return undefined;
  if (form === 'pkcs1') return finding('key-pkcs1', remedy);
  if (form === 'certificate' || form === 'certificate request')
    return finding('key-certificate', form, remedy);
  const codes = { jwk: 'key-is-jwk', ssh: 'key-is-ssh', ssh2: 'key-is-ssh' } as const;
  return finding(codes[form as keyof typeof codes] ?? 'key-other-format', what, remedy);
}

/** Returns the key that was given in place of a token, if it is one. A certificate counts. */
export function keyInPlaceOfToken(text: string): ReadKey | undefined {
  const key = readKey(text);
  if (['private', 'public', 'certificate'].includes(key.kind)) return key;
  // Among other text, a label without a readable key may only be mentioned, as in an error message.
  return key.kind === 'damaged' && key.label !== undefined && !key.surrounded ? key : undefined;
}
