/**
 * The contact that stands in for a guest while a developer tries the token endpoint on their own machine.
 *
 * @module
 */
import { parseGuid } from '../contract/guid.js';
import type { Contact } from './contact.js';

/** The part of Node's IncomingMessage that is needed. */
export interface TrialRequest {
  socket: { remoteAddress?: string | undefined };
  /** Header names and values as received. Frameworks such as Next add headers of their own to `headers`. */
  rawHeaders: readonly string[];
  httpVersion?: string;
}

export interface TrialContactOptions {
  /** GUID of the contact, from the setting LIVE_ASSIST_TRIAL_CONTACT. Empty or missing: there is no trial. */
  contactId: string | undefined;
  request: TrialRequest;
  /** Receives one sentence for each request that came from elsewhere. @default console.warn */
  log?: (sentence: string) => void;
}

/** The names in the trial contact's token, by which `diagnose` recognises a trial. */
export const trialNames = { givenName: 'Trial', familyName: 'Visitor' } as const;

const loopback = /^(::ffff:)?127(\.\d+){3}$|^::1$/i;
const localHost = /^([a-z0-9-]+\.)*localhost(:\d+)?$|^127(\.\d+){3}(:\d+)?$|^\[::1\](:\d+)?$/i;
/** A page served by this machine. Some proxies add no header, but browsers name the page that sent the request. */
const localPage =
  /^https?:\/\/(([a-z0-9-]+\.)*localhost|127(\.\d+){3}|\[::1\])(:\d+)?(\/(?!.*, ?\w+:\/\/)|$)/i;
/** Headers with which a proxy says that it forwards somebody else's request. */
const fromProxy =
  /^(x-)?forwarded|^x-(original|arr|amzn?|azure|envoy|proxy|rewrite)-|^(cf|fastly|proxy|wl-proxy)-|^(x-varnish|front-end-https|via|cdn-loop)$|-(ip|addr)$/i;

/**
 * Returns the trial contact for a guest's request, or `null`.
 *
 * A request gets it only if it comes directly from this machine: the peer is loopback, `Host` is a local host, and no
 * header of a proxy is present. Some proxies add no header. Therefore HTTP/1.0, which nginx spoke to the site behind it
 * until 1.29.7 (2026), counts as a proxy, and so does a foreign `Origin` or `Referer`. No option overrides this.
 *
 * Still, remove the setting on a public site. A proxy that speaks HTTP/1.1, adds no header and writes
 * `Host: localhost` cannot be recognised if the request names no page. Browsers name none on a site with
 * `Referrer-Policy: no-referrer`, and other clients never have to.
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
  return { id, ...trialNames };
}
