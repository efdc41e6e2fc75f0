/**
 * Recognises an origin.
 *
 * @module
 */

/** Whether the text is one origin as browsers write it: scheme, host, and a port unless it is the scheme's default. */
export function isOrigin(text: string): boolean {
  if (!/^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*]+$/.test(text) || !URL.canParse(text)) return false;
  // URL has no canonical form for other schemes, which apps use.
  return !/^https?:/.test(text) || new URL(text).origin === text;
}
