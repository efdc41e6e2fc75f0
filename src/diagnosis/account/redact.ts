/**
 * Describes an unexpected answer, or prepares it for saving, without the values that belong to the account.
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
 * Replaces every letter and digit in the value's texts, but keeps their form: an address still looks like an address,
 * and a key keeps its line breaks. Names of the format, `type` and known settings are kept.
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

/** Keeps the beginning of a public key, which shows its form and size and is the same for every such key. */
function masked(text: string): string {
  const kept =
    /^(?:-----BEGIN [A-Z ]{3,20}-----\s*)?MII[A-Za-z\d+/]{5}(?=[A-Za-z\d+/\s]{50})/.exec(text)?.[0] ?? '';
  const rest = text.slice(kept.length, 20_000).replace(/-----END [A-Z ]{3,20}-----|\p{L}|\d/gu, (match) => {
    if (match.length > 2) return match;
    return /\d/.test(match) ? '0' : 'x';
  });
  return kept + rest;
}

/** Describes the structure of a value in one line without its contents, for an issue about an undocumented answer. */
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
