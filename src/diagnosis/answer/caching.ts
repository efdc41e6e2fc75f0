/**
 * Says which caches may keep an answer with a token. None should (RFC 9111).
 *
 * @module
 */
import { cachedBy, cacheHeaders } from '../../contract/answer-headers.js';
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';

/**
 * Yields what is missing from the headers of an answer with a token. @param arrived The server's clock when it came, in
 * seconds.
 */
export function* inspectCaching(headers: Headers, arrived: number): Generator<Finding> {
  const isShared = yield* inspectSharing(headers, arrived);
  const value = headers.get('cache-control') ?? '';
  if (directivesOf(value).has('no-store')) return;
  if (!isShared)
    yield finding(
      'not-no-store',
      value ? `says only "Cache-Control: ${quote(value, 60).slice(1, -1)}"` : 'has no Cache-Control header',
    );
  const vary = (headers.get('vary') ?? '').toLowerCase();
  if (!/\*|cookie|authorization/.test(vary)) yield finding('vary', 'Cookie (or Authorization)');
  else if (headers.has('access-control-allow-origin') && !/\*|origin/.test(vary))
    yield finding('vary', 'Origin');
}

/**
 * Yields findings if one visitor's answer, also a refusal, was or may be given to others. Returns whether it may be.
 */
export function* inspectSharing(headers: Headers, arrived: number): Generator<Finding, boolean> {
  const hit = cacheHit(headers);
  if (hit) yield finding('cached-answer', hit);
  else yield* inspectUnknownCaches(headers);
  const expiresLater = Date.parse(headers.get('expires') ?? '') > arrived * 1000;
  const forAll = directivesOf(headers.get('cache-control') ?? '');
  let shared = forAll.has('no-store') ? undefined : sharedDirective(forAll, expiresLater);
  // For the cache that they name, these headers override Cache-Control (RFC 9213), which other caches still obey.
  for (const [name, value] of headers) {
    if (!/(^|-)cdn-cache-control$|^surrogate-control$/.test(name)) continue;
    const targeted = directivesOf(value);
    const found = targeted.has('no-store') ? undefined : sharedDirective(targeted, false);
    if (found) shared ??= `${found} in ${name}`;
  }
  if (shared) yield finding('shared-cacheable', shared);
  return shared !== undefined;
}

/** Returns the directives of a header like Cache-Control, each with its argument or an empty string. */
export function directivesOf(value: string): Map<string, string> {
  return new Map(
    // Limited, because a saved answer may contain anything.
    value
      .slice(0, 16_000)
      .split(',')
      .map((directive) => {
        const [name = '', argument = ''] = directive.trim().toLowerCase().split('=');
        return [name, argument.replace(/"/g, '')] as const;
      }),
  );
}

export function sharedDirective(directives: Map<string, string>, expiresLater: boolean): string | undefined {
  if (directives.has('public')) return '"public"';
  if (Number(directives.get('s-maxage')) > 0) return '"s-maxage"';
  if (directives.has('private') || directives.has('no-cache')) return undefined;
  if (directives.has('max-age'))
    return Number(directives.get('max-age')) > 0 ? '"max-age" without "private"' : undefined;
  return expiresLater ? 'Expires lies in the future' : undefined;
}

/** Says how the answer shows that a shared cache gave it, by the same closed list as the bridge. */
export function cacheHit(headers: Headers): string | undefined {
  const name = cachedBy(headers);
  if (name === undefined) return undefined;
  const value = quote(headers.get(name) ?? '', 40);
  return name === 'Age' ? `its Age is ${value}` : `the header ${name} says ${value}`;
}

/** Looks for other headers that say "hit". They may describe a part of the answer, or a cache behind the endpoint. */
function* inspectUnknownCaches(headers: Headers): Generator<Finding> {
  const known = new Set(['age', ...cacheHeaders.map((name) => name.toLowerCase())]);
  for (const [name, value] of headers)
    if (name.includes('cache') && !known.has(name) && /(^|[^a-z=])hit(?![a-z])/i.test(value))
      yield finding('perhaps-cached', quote(name, 40), quote(value, 40));
}
