/**
 * Says whether caches may give a page that names its visitor to others.
 *
 * @module
 */
import { cacheHit, directivesOf, sharedDirective } from '../answer/caching.js';
import { type Finding, finding } from '../findings/finding.js';

/** @param arrived When the page came, in seconds. */
export function* inspectPageCaching(headers: Headers, arrived: number): Generator<Finding> {
  const hit = cacheHit(headers);
  if (hit) return yield finding('page-from-cache', hit);
  const value = headers.get('cache-control');
  const directives = directivesOf(value ?? '');
  // With a separate copy for every cookie, a cache has a separate copy for every visitor.
  const isKeyed = /\*|cookie|authorization/i.test(headers.get('vary') ?? '');
  if (directives.has('no-store') || directives.has('private')) return;
  const expiresLater = Date.parse(headers.get('expires') ?? '') > arrived * 1000;
  const shared = sharedDirective(directives, expiresLater);
  if (shared) {
    if (!isKeyed) yield finding('page-shared', shared);
  } else if (value === null && !/no-cache/i.test(headers.get('pragma') ?? '') && !isKeyed) {
    yield finding('page-cache-unsaid');
  }
}
