/**
 * Judges `sub`, which must be the GUID of a Contact (the specification, "Building the JWT").
 *
 * @module
 */
import { parseGuid } from '../../contract/guid.js';
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';
import { quote } from '../quote.js';

const GUID_WITHIN = /(?<![\da-f])[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}(?![\da-f])/i;
/**
 * Claims into which libraries write the visitor's id. For example, .NET's ClaimTypes.NameIdentifier becomes `nameid`.
 */
const OTHER_CLAIM =
  /^(nameid|nameidentifier|https?:.*\/nameidentifier|contact_?id|user_?id|uid|oid|id|sub|subject|unique_name)$/i;
const WITHOUT_HYPHENS = /^[\da-f]{32}$/i;
/** Matches numbers, numbers after a few letters, and the 15 or 18 characters of a Salesforce account or contact. */
const OTHER_SYSTEM = /^([a-z]{0,5}[-_#]?\d[\d-]*|00[13]\w{12}(\w{3})?)$/i;

export function* inspectSubject(payload: Record<string, unknown>): Generator<Finding> {
  const { sub } = payload;
  if (sub === undefined || sub === '' || sub === null) {
    const elsewhere = Object.keys(payload).find(
      (claim) => parseGuid(payload[claim]) && OTHER_CLAIM.test(claim),
    );
    return yield elsewhere ? finding('sub-elsewhere', quote(elsewhere)) : finding('sub-missing');
  }
  if (typeof sub === 'number') return yield finding('sub-account-id');
  if (typeof sub !== 'string') return yield finding('sub-not-text', kindOf(sub));
  if (/^0{8}-(0{4}-){3}0{12}$/.test(sub)) yield finding('sub-zeros');
  // The server functions accept braces from their callers, but a token must not contain them.
  else if (sub.startsWith('{') || !parseGuid(sub)) yield malformed(sub.trim());
}

function malformed(sub: string): Finding {
  const enclosed = /^[{([<](.*)[})\]>]$/.exec(sub)?.[1];
  if (enclosed && (parseGuid(enclosed) || WITHOUT_HYPHENS.test(enclosed))) return finding('sub-braces');
  if (WITHOUT_HYPHENS.test(sub)) return finding('sub-form', 'without its hyphens');
  if (GUID_WITHIN.test(sub)) return finding('sub-form', 'with other text or blanks around it');
  if (/^[<{[]?[a-z\s_-]*(guid|contact)[a-z\s_-]*[>}\]]?$/i.test(sub)) return finding('sub-placeholder');
  if (/^[^\s@]+@[^\s@]+$/.test(sub)) return finding('sub-email');
  return finding(OTHER_SYSTEM.test(sub) ? 'sub-account-id' : 'sub-not-guid');
}
