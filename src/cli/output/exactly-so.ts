/**
 * Names the parts of an issuer that are easily left out when it is entered in Live Assist.
 *
 * @module
 */

/** Returns a sentence, or nothing for a bare lower-case host name. */
export function exactlySo(issuer: string): string | undefined {
  const scheme = /^[a-z][a-z\d+.-]*:\/\//i.exec(issuer)?.[0] ?? false;
  const parts = [
    scheme && `${scheme} before it`,
    /\p{Lu}/u.test(issuer) && 'the capitals',
    /:\d+(\/|$)/.test(issuer) && 'the port',
    /[^/]\/$/.test(issuer) ? 'the slash at its end' : /[^:/]\/[^/]/.test(issuer) && 'the path',
  ].filter((part) => part !== false);
  if (parts.length === 0) return undefined;
  return `The JWT Issuer is compared byte for byte. Enter it exactly as above, with ${parts.join(', ')}.`;
}
