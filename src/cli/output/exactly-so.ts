/**
 * What of an issuer is easily left out where it is entered in Live Assist, as most other fields forgive that.
 *
 * @module
 */

/** A sentence, or nothing for a bare host name in small letters. */
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
