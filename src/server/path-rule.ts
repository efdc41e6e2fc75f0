/**
 * Decides at which paths the token endpoint answers. A cache must never take a visitor's token for a file.
 *
 * @module
 */

/**
 * Whether a cache may take the path for a file, by its extension or by its folder.
 *
 * Routers match more paths than the endpoint's own: one with a parameter or a wildcard takes `/token/a.css`, one that
 * decodes takes `/static/..%2ftoken`, and Next with a middleware takes `/_next/data/<build>/token.json`. Many CDNs keep
 * what they get at such a path, whatever `Cache-Control` says. So the path decides before a router decodes it. Dot
 * segments may already be resolved in `url`, as browsers do before they send it.
 */
export function looksLikeFile({ url }: Request): boolean {
  const path = String(url)
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/s, '');
  // Encoded ASCII, except the characters that a browser encodes: space, ", <, >, `, { and }.
  const isEncoded = /%(?!20|22|3c|3e|60|7b|7d)[0-7]/i.test(path);
  return isEncoded || Boolean(path.split('/').findLast(Boolean)?.includes('.'));
}

/** A request at a path that looks like a file. Its message quotes nothing of the request. */
export class PathError extends Error {
  override name = 'PathError';

  constructor() {
    super(
      'The path of a request has an extension or an encoded letter, so the token endpoint answered 404: a cache may take it for a file. Use a path without them, and let no proxy rewrite it.',
    );
  }
}
