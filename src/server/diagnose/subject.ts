/** Judges `sub`, which must be the GUID of a Contact (the specification, "Building the JWT"). */
import { type Finding, finding } from './finding.js';
import { kindOf } from './kind-of.js';

const HEX = '[0-9a-f]';
const GUID = new RegExp(`^${HEX}{8}(-${HEX}{4}){3}-${HEX}{12}$`, 'i');
const ENCLOSED = /^[{([<].*[})\]>]$/;
const WITHOUT_HYPHENS = new RegExp(`^${HEX}{32}$`, 'i');

export function* inspectSubject(sub: unknown): Generator<Finding> {
  if (sub === undefined || sub === '' || sub === null) return yield finding('sub-missing');
  if (typeof sub === 'number') return yield finding('sub-account-id');
  if (typeof sub !== 'string') return yield finding('sub-not-text', kindOf(sub));
  if (/^0{8}-(0{4}-){3}0{12}$/.test(sub)) yield finding('sub-zeros');
  else if (!GUID.test(sub)) yield malformed(sub);
}

function malformed(sub: string): Finding {
  const bare = sub.trim().replace(/^[{([<]|[})\]>]$/g, '');
  if (ENCLOSED.test(sub.trim()) && (GUID.test(bare) || WITHOUT_HYPHENS.test(bare)))
    return finding('sub-braces');
  if (GUID.test(bare)) return finding('sub-form', 'with blanks or a bracket beside it');
  if (WITHOUT_HYPHENS.test(bare)) return finding('sub-form', 'without its hyphens');
  if (GUID.test(bare.replace(/^urn:uuid:/i, ''))) return finding('sub-form', 'with "urn:uuid:" before it');
  if (GUID.test(sub.replace(/^.*\W(?=[^(]{36}\)?$)|\)$/g, '')))
    return finding('sub-form', 'with other text beside it');
  if (/guid|contact/i.test(sub) && /^[<{[]?[a-z\s_-]+[>}\]]?$/i.test(sub)) return finding('sub-placeholder');
  if (/^[^\s@]+@[^\s@]+$/.test(bare)) return finding('sub-email');
  return finding(
    /^[a-z]{0,5}[-_#]?\d[\d-]*$/i.test(bare) || /^00[13]\w{12}(\w{3})?$/.test(bare)
      ? 'sub-account-id'
      : 'sub-not-guid',
  );
}
