/**
 * Judges the header of a token. Live Assist supports only RS256 (the specification, "Preparing your Web Application").
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { kindOf } from '../kind-of.js';
import { quote } from '../quote.js';

export function* inspectHeader(header: Record<string, unknown>): Generator<Finding> {
  const { alg } = header;
  if (alg === undefined || alg === '') yield finding('algorithm-missing');
  else if (typeof alg === 'string' && alg.toLowerCase() === 'none') yield finding('algorithm-none');
  else if (typeof alg === 'string' && /^HS\d+$/i.test(alg))
    yield finding('algorithm-shared-secret', quote(alg, 10));
  else if (typeof alg !== 'string') yield finding('algorithm-not-text', kindOf(alg));
  else if (alg !== 'RS256') yield finding('algorithm', quote(alg, 20));
  const keys = ['jwk', 'jku', 'x5u', 'x5c'].filter((name) => name in header);
  if (keys.length > 0) yield finding('embedded-key', keys.join(', '));
  if ('crit' in header) yield finding('critical-header');
}
