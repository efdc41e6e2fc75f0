/**
 * Judges the names that the agent sees until the contact's record has opened.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';

/** The replacement character, and HTML escapes. */
const ESCAPED = /\ufffd|&(#\d+|#x[\da-f]+|[a-z]+\d?);/i;

/** The characters of Windows-1252 from 0x80 to 0x9F, where Latin-1 has control characters. */
const WINDOWS_1252 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

export function* inspectNames(payload: Record<string, unknown>): Generator<Finding> {
  const claims = ['given_name', 'family_name'];
  const missing = claims.filter((claim) => payload[claim] === undefined || payload[claim] === null);
  if (missing.length) yield finding('name-missing', missing.join('" and no "'));
  for (const claim of claims) {
    if (missing.includes(claim)) continue;
    const name = payload[claim];
    if (typeof name !== 'string') yield finding('name-not-text', claim, kindOf(name));
    else if (!name.trim()) yield finding('name-empty', claim);
    else if (/^contact.?s (first|family|last) name$/i.test(name)) yield finding('name-placeholder', claim);
    else if (ESCAPED.test(name) || isMisread(name)) yield finding('name-garbled', claim);
  }
}

/**
 * Whether UTF-8 was read as Latin-1 or Windows-1252. A single pair of characters may belong to the name (NICOLÒ’S), so
 * it counts only if it would become a Latin letter.
 */
function isMisread(name: string): boolean {
  const meant = (name.match(/\P{ASCII}+/gu) ?? []).map(readAgain).join('');
  return [...meant].length > 1 || /[\u00a0-\u017f\u0800-\uffff]|[^\0-\uffff]/u.test(meant);
}

/** Returns the characters read again as UTF-8, or nothing if they are not valid UTF-8. */
function readAgain(characters: string): string {
  const bytes = [...characters].map((character) => {
    const at = WINDOWS_1252.indexOf(character);
    return at < 0 ? (character.codePointAt(0) ?? 0) : 0x80 + at;
  });
  if (bytes.some((byte) => byte > 0xff)) return '';
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return '';
  }
}
