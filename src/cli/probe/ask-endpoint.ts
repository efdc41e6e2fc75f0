/** Asks a token endpoint as the bridge does, within a limit of time. */
import { type Finding, finding } from '../../diagnosis/findings/finding.js';

export interface EndpointOptions {
  url: string;
  method: string;
  /** Sent along unless a question goes without a session. */
  headers: Headers;
  /** For each request and its body, in milliseconds. */
  timeout: number;
}

export interface Question {
  /** The page that asks, where it is one of another origin. */
  origin?: string | undefined;
  /** Without the headers given. @default false */
  anonymous?: boolean;
  /** Asks only whether a page of that origin may ask so. @default false */
  preflight?: boolean;
}

export interface Endpoint {
  /** Its own. */
  origin: string;
  /** Names of the headers that are sent along. */
  headerNames: string[];
  /** Of these the ones for which a browser asks leave first, where a page of another origin sets them. */
  customNames: string[];
  /** The answer, or the finding that says why there is none. */
  ask(question?: Question): Promise<Response | Finding>;
}

export function createEndpoint({ url, method, headers, timeout }: EndpointOptions): Endpoint {
  const headerNames = [...headers.keys()];
  const customNames = headerNames.filter((name) => isCustom(name, headers.get(name) ?? ''));
  return {
    origin: new URL(url).origin,
    headerNames,
    customNames,
    async ask({ origin, anonymous, preflight } = {}) {
      const sent = new Headers(anonymous || preflight ? {} : headers);
      if (!sent.has('Accept')) sent.set('Accept', 'application/json, text/plain, */*;q=0.1');
      if (origin) {
        sent.set('Origin', origin);
        sent.set('Sec-Fetch-Site', origin === new URL(url).origin ? 'same-origin' : 'cross-site');
      }
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
        return explain(error, timeout);
      }
    },
  };
}

/** What browsers set themselves and pages may not, or may without asking; a request copied from their tools has these. */
const ofBrowsers =
  /^(accept|accept-(charset|encoding|language)|content-language|cookie2?|origin|referer|user-agent|date|dnt|via|cache-control|pragma|priority|upgrade-insecure-requests|(access-control|proxy|sec)-.*)$/;

/** The Fetch standard, "CORS-unsafe request-header names". */
function isCustom(name: string, value: string): boolean {
  if (name !== 'content-type') return !ofBrowsers.test(name);
  return !/^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)\s*(;|$)/i.test(value);
}

function explain(error: unknown, timeout: number): Finding {
  if ((error as Error).name === 'TimeoutError') return finding('endpoint-silent', timeout);
  const { code = '', message } = ((error as Error).cause ?? {}) as { code?: string; message?: string };
  if (message === 'bad port') return finding('endpoint-unreachable', 'browsers connect to no such port');
  if (/CERT|SELF_SIGNED|UNABLE_TO/.test(code)) return finding('endpoint-certificate', code);
  return finding('endpoint-unreachable', reasons[code] ?? (code || 'the connection failed'));
}

const reasons: Record<string, string> = {
  ENOTFOUND: 'its name is not known (ENOTFOUND)',
  EAI_AGAIN: 'its name cannot be looked up now (EAI_AGAIN)',
  ECONNREFUSED: 'nothing listens there (ECONNREFUSED)',
  ECONNRESET: 'it broke the connection off (ECONNRESET)',
  UND_ERR_SOCKET: 'it broke the connection off',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak https there',
  EHOSTUNREACH: 'there is no way to it (EHOSTUNREACH)',
};
