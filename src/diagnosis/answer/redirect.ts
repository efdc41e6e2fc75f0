/**
 * Distinguishes a redirect to a sign-in page from a redirect to the endpoint's final address.
 *
 * @module
 */
import { type Finding, finding } from '../findings/finding.js';
import { quote } from '../quote.js';

const LOGIN = /log[-_]?in|log[-_]?on|sign[-_]?in|signon|\bsso\b|oauth|openid|saml|adfs|\/authorize\b/i;

/** Whether the address looks like that of a sign-in page. */
export const isSignInAddress = ({ host, pathname }: URL) => LOGIN.test(host + pathname);

export function redirectFinding(from: string, location: string | null): Finding {
  if (!location || !URL.canParse(location, from || undefined)) {
    // Without its own address, a response cannot resolve a relative Location, so only the path is known.
    const path = location?.split(/[?#;]/, 1)[0];
    if (!path) return finding('redirected', '');
    return LOGIN.test(path)
      ? finding('redirected-to-login', quote(path))
      : finding('redirected', ` to ${quote(path)}`);
  }
  const to = new URL(location, from || undefined);
  // Query, fragment and path parameters may carry secrets.
  const shown = quote(`${to.origin === 'null' ? to.protocol : to.origin}${to.pathname.split(';', 1)[0]}`);
  const change = from ? changeOf(new URL(from), to) : undefined;
  if (change) return finding('redirected-to-final-address', shown, change);
  return isSignInAddress(to) ? finding('redirected-to-login', shown) : finding('redirected', ` to ${shown}`);
}

/** Describes how a final address differs, if it differs only in scheme, host prefix, port or trailing slash. */
function changeOf(from: URL, to: URL): string | undefined {
  const core = (url: URL) => url.hostname.replace(/^www\./, '') + url.pathname.replace(/\/$/, '');
  if (core(from) !== core(to)) return undefined;
  const changes = [
    from.protocol !== to.protocol && `over ${to.protocol.slice(0, -1)}`,
    from.hostname !== to.hostname && (to.hostname.startsWith('www.') ? 'with www' : 'without www'),
    from.pathname !== to.pathname &&
      (to.pathname.endsWith('/') ? 'with a slash at the end' : 'without the slash at the end'),
    from.port !== to.port && from.protocol === to.protocol && 'on another port',
  ].filter((change) => change !== false);
  return changes.join(' and ') || undefined;
}
