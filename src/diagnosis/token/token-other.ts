/**
 * Recognises texts that people paste in place of a token.
 *
 * @module
 */
import { fromBase64 } from '../../key/base64.js';
import { isDiscovery } from '../../key/read/is-discovery.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';
import { isUnfilled } from '../unfilled-value.js';
import { otherKind } from './other-kind.js';
import { pastedInstead } from './pasted-instead.js';
import { onlyTokenIn } from './token-in-markup.js';

/** A token cut off with an ellipsis, as tables of PowerShell and web pages show it. */
const SHORTENED = /(?<![\w.-])eyJ[\w-]{8,}(?:\.[\w-]+){0,2}(?:\.{3}|\u2026)/;

/** Returns the finding for a text without a complete token, if the text shows what it is instead. */
export function otherThanToken(text: string): Finding | undefined {
  if (text.length < 200 && (text === '0' || isUnfilled(text)))
    return finding('token-is-nothing', quote(text, 40));
  // Invoke-WebRequest cuts the body without a mark.
  const isCut = SHORTENED.test(text) || /^StatusCode\s{1,20}: \d{3}/m.test(text);
  if (isCut && !onlyTokenIn(text)) return finding('token-shortened');
  if (isDiscovery(text)) return finding('token-is-discovery');
  const object = /^(Response|Headers|Storage|Request) \{(?!.*\beyJ)/s.exec(text)?.[1];
  if (object) return finding('token-is-nothing', quote(`${object} {...}`));
  const kind = otherKind(text);
  if (kind) return finding('token-other-kind', kind);
  const instead = pastedInstead(text);
  if (instead) return instead;
  // "eyJ" in base64.
  if (/^ZXlK[\w+/=\s-]{40,}$/.test(text) || isEncodedJson(text)) return finding('token-encoded-twice');
  if (/^eyJ[\w-]+%2E[\w-]+%2E/i.test(text))
    return finding('token-percent-encoded', '%2E stands for each dot');
  if (/^(?:%7B|%22|bearer(?:%20|\+))[^\s]{0,2000}eyJ/i.test(text))
    return finding('token-percent-encoded', '%22 stands for a quotation mark, %20 for a blank');
  if (/^\{?[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}?$/i.test(text)) return finding('token-is-guid');
  if (
    !/^(\{|\[\{)/.test(text) ||
    /\beyJ[\w-]{8}/.test(text.replace(/"(payload|protected)"\s*:\s*"[^"]*"/g, ''))
  )
    return undefined;
  if (/"payload"\s*:\s*"[\w-]+"/.test(text) && /"(signatures|protected)"\s*:/.test(text))
    return finding('token-json-serialised');
  // Also as Python and Ruby print them.
  const isClaims =
    /["'](iat|exp)["']\s*(?::|=>)\s*["'\d]/.test(text) && /["'](sub|iss|alg)["']\s*(?::|=>)/.test(text);
  return isClaims ? finding('token-decoded') : undefined;
}

/** JSON with a token in base64. */
function isEncodedJson(text: string): boolean {
  if (text.length > 20_000 || !/^ey[JA][\w+/-]{100,}={0,2}$/.test(text)) return false;
  return /"eyJ[\w-]{8,}\./.test(new TextDecoder().decode(fromBase64(text)));
}
