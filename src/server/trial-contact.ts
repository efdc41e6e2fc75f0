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
/** Headers by which proxies say that the request is somebody else's. */
const fromProxy = /^(x-)?forwarded|^via$|^(x-real|x-client|true-client|cf-connecting)-ip$/i;

/**
 * The trial contact for a guest's request, or `null`.
 *
 * A request gets it only if it comes directly from this machine: the peer is loopback, `Host` is a local host, and no
 * header of a proxy is present. HTTP/1.0 counts as a proxy, because nginx speaks it to the site behind it and adds no
 * header unless told to. No option overrides this. Remove the setting on a public site all the same.
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
  const hosts = rawHeaders.filter(
    (_, index) => /^host$/i.test(rawHeaders[index - 1] ?? '') && index % 2 === 1,
  );
  const isDirect =
    loopback.test(socket.remoteAddress ?? '') &&
    hosts.length === 1 &&
    localHost.test(hosts[0] ?? '') &&
    httpVersion !== '1.0' &&
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
