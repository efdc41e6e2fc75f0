/** Judges the names that the agent sees until the contact's record has opened. */
import { type Finding, finding } from './finding.js';
import { kindOf } from './kind-of.js';

/** UTF-8 read as Latin-1 or Windows-1252, the replacement character, HTML escapes. */
const GARBLED =
  /[\u00c2-\u00c5][\u0080-\u00bf\u2018-\u203a\u20ac]|\u00e2\u20ac|\ufffd|&(#\d+|#x[\da-f]+|[a-z]+\d?);/i;

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
    else if (GARBLED.test(name)) yield finding('name-garbled', claim);
  }
}
