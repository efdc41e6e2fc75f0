/**
 * Describes an unexpected answer, and writes one down, without what belongs to the account.
 *
 * @module
 */

import { isHarmlessName } from './harmless-name.js';

/** Values that only say which of the documented possibilities is set. */
const harmless = new Set([
  ...['PUBLIC_JWT_KEY', 'JWKS_ENDPOINT', 'window', 'true', 'false'],
  ...[
    'authoriseChatWithCallback',
    'authorizeChatWithCallback',
    'lpGetAuthenticationToken',
    'auth.getAuthenticationToken',
  ],
]);

/** Fields whose numbers are kept. */
const keptNumbers = ['type'];

/**
 * The value with every letter and digit of its texts replaced, so that the form remains: an address still looks like an
 * address, and line breaks in a key are still there. Names of the format, `type` and known settings stay.
 */
export function redact(value: unknown, key = '', depth = 0): unknown {
  if (depth > 8) return '(nested too deeply)';
  if (typeof value === 'string') return harmless.has(value) ? value : masked(value);
  if (typeof value === 'number')
    return keptNumbers.includes(key) ? value : Number(String(Math.trunc(value)).replace(/\d/g, '1'));
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => redact(item, '', depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, 100)
      .map(([name, item], index) => [
        isHarmlessName(name) ? name : `field${index}`,
        redact(item, name, depth + 1),
      ]),
  );
}

/** The beginning of a public key says its form and size. It is the same for every key. */
function masked(text: string): string {
  const kept =
    /^(?:-----BEGIN [A-Z ]{3,20}-----\s*)?MII[A-Za-z\d+/]{5}(?=[A-Za-z\d+/\s]{50})/.exec(text)?.[0] ?? '';
  const rest = text.slice(kept.length, 20_000).replace(/-----END [A-Z ]{3,20}-----|\p{L}|\d/gu, (match) => {
    if (match.length > 2) return match;
    return /\d/.test(match) ? '0' : 'x';
  });
  return kept + rest;
}

/** What a value is made of, in one line without its values: for an issue about an answer that nobody has seen yet. */
export function outline(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    const [first] = value;
    return value.length === 0 || depth > 2
      ? `a list of ${value.length}`
      : `a list of ${value.length}, first ${outline(first, depth + 1)}`;
  }
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value;
  const names = Object.entries(value).slice(0, 20);
  if (depth > 2) return 'an object';
  return `{ ${names.map(([name, item]) => `${isHarmlessName(name) ? name : '?'}: ${outline(item, depth + 1)}`).join(', ')} }`;
}
