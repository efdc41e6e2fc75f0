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
 * what they get at such a path, whatever `Cache-Control` says. So the path as it was sent decides, which `url` holds.
 */
export function looksLikeFile({ url }: Request): boolean {
  const path = String(url)
    .replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, '')
    .replace(/[?#].*$/s, '');
  // %00 to %7F: ASCII, which a browser never encodes in a plain path.
  return /%[0-7]/.test(path) || /\.[^/]*\/*$/.test(path);
}
