/**
 * Asks a token endpoint as the bridge does, within a time limit.
 *
 * @module
 */
import { type Finding, finding } from '../../diagnosis/findings/finding.js';
import { connectionFailure } from './connection-failure.js';

export interface EndpointOptions {
  url: string;
  method: string;
  /** Sent with every request, except requests without a session. */
  headers: Headers;
  /** The headers of another visitor, to compare the tokens. */
  otherHeaders?: Headers | undefined;
  /** The limit for each request and its body, in milliseconds. */
  timeout: number;
  /** The variable that names a proxy, which fetch does not use. */
  proxy?: string | undefined;
}

export interface Question {
  /** The origin of the page that asks, if it differs from the endpoint's. */
  origin?: string | undefined;
  /** Sends the headers of the other visitor. @default false */
  other?: boolean;
  /** Sends none of the given headers. @default false */
  anonymous?: boolean;
  /** Asks like a browser in which the address was typed, without what the bridge adds. @default false */
  bare?: boolean;
  /** Sends the preflight request of a page of that origin. @default false */
  preflight?: boolean;
}

export interface Endpoint {
  /** The endpoint's own origin. */
  origin: string;
  method: string;
  /** Whether the headers of another visitor were given. */
  hasOther: boolean;
  /** Names of the given headers. */
  headerNames: string[];
  /** Whether a given header may say who the visitor is. */
  hasCredentials: boolean;
  /** Names of the given headers for which a browser sends a preflight from a page on another origin. */
  customNames: string[];
  /** The answer, or the finding that says why there is none. */
  ask(question?: Question): Promise<Response | Finding>;
}

export function createProbe({
  url,
  method,
  headers,
  timeout,
  proxy,
  otherHeaders,
}: EndpointOptions): Endpoint {
  const headerNames = [...headers.keys()];
  const customNames = headerNames.filter((name) => isCustom(name, headers.get(name) ?? ''));
  return {
    origin: new URL(url).origin,
    method,
    hasOther: otherHeaders !== undefined,
    headerNames,
    hasCredentials: otherHeaders !== undefined || headerNames.some(mayHoldSession),
    customNames,
    async ask({ origin, anonymous, preflight, other, bare } = {}) {
      const sent = new Headers(anonymous || preflight ? {} : other ? otherHeaders : headers);
      if (!sent.has('Accept')) sent.set('Accept', bare ? '*/*' : 'application/json, text/plain, */*;q=0.1');
      const asked = new URL(url);
      if (origin && origin !== asked.origin) {
        sent.set('Origin', origin);
        sent.set('Sec-Fetch-Site', isSameSite(origin, url) ? 'same-site' : 'cross-site');
      } else {
        sent.set('Sec-Fetch-Site', 'same-origin');
        // Like the bridge, so that frameworks answer guests with 401 instead of a redirect.
        if (!preflight && !bare && !sent.has('X-Requested-With'))
          sent.set('X-Requested-With', 'XMLHttpRequest');
        if (method === 'POST' && !preflight) sent.set('Origin', asked.origin);
      }
      sent.set('Sec-Fetch-Dest', 'empty');
      if (preflight) {
        sent.set('Access-Control-Request-Method', method);
        sent.set('Access-Control-Request-Headers', customNames.join());
      }
      try {
        return await fetch(url, {
          method: preflight ? 'OPTIONS' : method,
          headers: sent,
          redirect: 'manual',
          cache: 'no-store',
          signal: AbortSignal.timeout(timeout),
        });
      } catch (error) {
        return explain(error, timeout, proxy);
      }
    },
  };
}

/**
 * Headers that browsers set themselves, or that need no preflight. A request copied from a browser's tools contains
 * them.
 */
const ofBrowsers =
  /^(accept|accept-(charset|encoding|language)|content-language|cookie2?|origin|referer|user-agent|date|dnt|via|cache-control|pragma|priority|upgrade-insecure-requests|(access-control|proxy|sec)-.*)$/;

/** Any header that browsers do not set themselves may hold a session, whatever its name is. */
const mayHoldSession = (name: string): boolean =>
  /^cookie2?$/.test(name) || !(ofBrowsers.test(name) || /^(content-type|x-requested-with)$/.test(name));

/** The Fetch standard, "CORS-unsafe request-header names". */
function isCustom(name: string, value: string): boolean {
  if (name !== 'content-type') return !ofBrowsers.test(name);
  return !/^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i.test(value);
}

/**
 * Browsers compare the scheme and the registrable domain. Here the last two or three labels approximate that domain.
 */
export function isSameSite(origin: string, url: string): boolean {
  if (!URL.canParse(origin)) return false;
  const [one, two] = [new URL(origin), new URL(url)];
  const site = ({ hostname }: URL) =>
    /^[\d.]+$|^\[/.test(hostname)
      ? hostname
      : hostname
          .split('.')
          .slice(/\.(com?|org|net|gov|ac|edu)\.[a-z]{2}$/.test(hostname) ? -3 : -2)
          .join('.');
  return one.protocol === two.protocol && site(one) === site(two);
}

function explain(error: unknown, timeout: number, proxy: string | undefined): Finding {
  const { kind, reason } = connectionFailure(error);
  if (kind === 'timeout') return finding('endpoint-silent', timeout);
  if (kind === 'chain') return finding('endpoint-certificate-chain');
  if (kind === 'certificate') return finding('endpoint-certificate', reason);
  if (kind === 'encoding') return finding('endpoint-encoding');
  // Browsers refuse that port, with or without a proxy.
  return proxy && kind !== 'port'
    ? finding('endpoint-behind-proxy', reason, proxy)
    : finding('endpoint-unreachable', reason);
}
