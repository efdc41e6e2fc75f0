/**
 * The contact that guests become while a developer tries the token endpoint on the own machine.
 *
 * @module
 */
import { parseGuid } from '../contract/guid.js';
import type { Contact } from './contact.js';

/** What Node's IncomingMessage knows of a request. */
export interface TrialRequest {
  socket: { remoteAddress?: string | undefined };
  /** Names and values as they arrived. Frameworks such as Next add headers to the parsed ones. */
  rawHeaders: readonly string[];
  httpVersion?: string;
}

export interface TrialContactOptions {
  /** GUID of the contact, from the setting LIVE_ASSIST_TRIAL_CONTACT. Empty or missing: there is no trial. */
  contactId: string | undefined;
  request: TrialRequest;
  /** Is told of a request that came from elsewhere. @default console.warn */
  log?: (sentence: string) => void;
}

const loopback = /^(::ffff:)?127(\.\d+){3}$|^::1$/i;
const localHost = /^([a-z0-9-]+\.)*localhost(:\d+)?$|^127(\.\d+){3}(:\d+)?$|^\[::1\](:\d+)?$/i;
/** A page of this machine. A proxy may add no header, but browsers name the page that asks. */
const localPage = /^https?:\/\/(([a-z0-9-]+\.)*localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/|$)/i;
/** Headers by which proxies say that the request is somebody else's. */
const fromProxy = /^(x-)?forwarded|^via$|^(x-real|x-client|true-client|cf-connecting)-ip$/i;

/**
 * The trial contact for a guest's request, or `null`.
 *
 * A request gets it only if it comes directly from this machine: the peer is loopback, `Host` is a local host, and no
 * header of a proxy is present. Some proxies add no header. So HTTP/1.0 counts as a proxy, which nginx spoke to the site
 * behind it until 1.29.7 (2026), and so does a foreign `Origin` or `Referer`. No option overrides this. Remove the setting
 * on a public site all the same: a proxy that adds nothing, asked by no browser, cannot be told apart.
 *
 * @throws TypeError if the setting is not a GUID.
 */
export function trialContact({
  contactId,
  request,
  log = console.warn,
}: TrialContactOptions): Contact | null {
  if (!contactId) return null;
  const { socket, rawHeaders, httpVersion = '1.1' } = request;
  const names = rawHeaders.filter((_, index) => index % 2 === 0);
  const valuesOf = (name: RegExp) =>
    rawHeaders.filter((_, index) => index % 2 === 1 && name.test(rawHeaders[index - 1] ?? ''));
  const hosts = valuesOf(/^host$/i);
  const isDirect =
    loopback.test(socket.remoteAddress ?? '') &&
    hosts.length === 1 &&
    localHost.test(hosts[0] ?? '') &&
    httpVersion !== '1.0' &&
    valuesOf(/^(origin|referer)$/i).every((page) => localPage.test(page)) &&
    !names.some((name) => fromProxy.test(name));
  if (!isDirect) {
    log(
      'Live Assist token: LIVE_ASSIST_TRIAL_CONTACT is set, but this request did not come directly from this machine. Remove the setting on a public site.',
    );
    return null;
  }
  const id = parseGuid(contactId);
  if (!id) throw new TypeError('LIVE_ASSIST_TRIAL_CONTACT is not a GUID. Set the GUID of a contact.');
  return { id, givenName: 'Trial', familyName: 'Visitor' };
}
