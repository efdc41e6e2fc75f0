/**
 * Recognises texts that people paste in place of a token.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { isUnfilled } from '../unfilled-value.js';

/** Returns the finding for a text without a complete token, if the text shows what it is instead. */
export function otherThanToken(text: string): Finding | undefined {
  if (text.length < 200 && (text === '0' || isUnfilled(text)))
    return finding('token-is-nothing', quote(text, 40));
  if (/^eyJ[\w.-]*(\.{3}|\u2026)/.test(text)) return finding('token-shortened');
  // "eyJ" in base64.
  if (/^ZXlK[\w+/=\s-]{40,}$/.test(text)) return finding('token-encoded-twice');
  if (/^eyJ[\w-]+%2E[\w-]+%2E/i.test(text)) return finding('token-percent-encoded');
  if (/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i.test(text)) return finding('token-is-guid');
  if (!text.startsWith('{') || /\beyJ[\w-]{8}/.test(text.replace(/"(payload|protected)"\s*:\s*"[^"]*"/g, '')))
    return undefined;
  if (/"payload"\s*:\s*"[\w-]+"/.test(text) && /"(signatures|protected)"\s*:/.test(text))
    return finding('token-json-serialised');
  const isClaims = /"(iat|exp)"\s*:\s*["\d]/.test(text) && /"(sub|iss|alg)"\s*:/.test(text);
  return isClaims ? finding('token-decoded') : undefined;
}
