/** Says who may keep an answer with a token: nobody should (RFC 9111). */
import { type Finding, finding } from './finding.js';
import { quote } from './quote.js';

/** @param arrived The server's clock when the answer came, in seconds. */
export function* inspectCaching(headers: Headers, arrived: number): Generator<Finding> {
  const hit = cacheHit(headers);
  if (hit) yield finding('cached-answer', hit);
  const value = headers.get('cache-control') ?? '';
  const directives = new Map(
    value.split(',').map((directive) => {
      const [name = '', argument = ''] = directive.trim().toLowerCase().split('=');
      return [name, argument.replace(/"/g, '')] as const;
    }),
  );
  if (directives.has('no-store')) return;
  const shared = sharedDirective(directives, Date.parse(headers.get('expires') ?? '') > arrived * 1000);
  if (shared) yield finding('shared-cacheable', shared);
  else
    yield finding(
      'not-no-store',
      value ? `says only "Cache-Control: ${quote(value, 60).slice(1, -1)}"` : 'has no Cache-Control header',
    );
  const vary = (headers.get('vary') ?? '').toLowerCase();
  if (!/\*|cookie|authorization/.test(vary)) yield finding('vary', 'Cookie (or Authorization)');
  else if (headers.has('access-control-allow-origin') && !/\*|origin/.test(vary))
    yield finding('vary', 'Origin');
}

function sharedDirective(directives: Map<string, string>, expiresLater: boolean): string | undefined {
  if (directives.has('public')) return '"public"';
  if (Number(directives.get('s-maxage')) > 0) return '"s-maxage"';
  if (directives.has('private') || directives.has('no-cache')) return undefined;
  if (directives.has('max-age'))
    return Number(directives.get('max-age')) > 0 ? '"max-age" without "private"' : undefined;
  return expiresLater ? 'Expires lies in the future' : undefined;
}

/** How the answer shows that it was kept by a shared cache, if it does. */
function cacheHit(headers: Headers): string | undefined {
  // Two caches in a row make it a list.
  const age = headers.get('age') ?? '';
  if (/[1-9]/.test(age)) return `its Age is ${quote(age, 20)}`;
  const name = ['cache-status', 'cf-cache-status', 'x-cache', 'x-cache-status', 'x-vercel-cache'].find(
    (name) => /\bhit\b/i.test(headers.get(name) ?? ''),
  );
  return name && `the header ${name} says "hit"`;
}
