/**
 * Judges the headers that let pages of another origin read the token (the Fetch standard, "CORS protocol").
 *
 * @module
 */
import { isOrigin } from '../../contract/origins.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';

/** `origin` is the origin of the page. Without it, only headers that are wrong for every page are found. */
export function* inspectCors({ headers, url }: Response, origin?: string): Generator<Finding> {
  const allowed = headers.get('access-control-allow-origin');
  if (origin && !(URL.canParse(url) && new URL(url).origin === origin)) {
    if (allowed !== origin && allowed !== '*') yield finding('cors-origin-refused', quote(origin));
  }
  if (allowed === null) return;
  if (allowed === '*') return yield finding('cors-any-origin');
  if (allowed === 'null') return yield finding('cors-null-origin');
  if (!isOrigin(allowed)) return yield finding('cors-malformed');
  if (headers.get('access-control-allow-credentials') !== 'true') yield finding('cors-no-credentials');
  const exposed = headers.get('access-control-expose-headers') ?? '';
  if (!/\bdate\b/i.test(exposed)) yield finding('date-not-exposed');
  if (!/\bage\b/i.test(exposed)) yield finding('age-not-exposed');
}
