/**
 * Asks Dataverse's Web API, within a time limit.
 *
 * @module
 */
import { requireKnownOptions } from '../../contract/known-options.js';
import { retryAfter } from '../../contract/retry-after.js';
import { withTimeLimit } from '../time-limit.js';
import { isAccessToken } from './access-token.js';
import { accessTokenSource } from './access-token-source.js';
import { DataverseError } from './dataverse-error.js';
import type { DataverseOptions, LookUpOptions } from './dataverse-options.js';
import { dataverseRefusal } from './dataverse-refusal.js';
import { webApiUrl } from './web-api-url.js';

/** Answers the JSON found at a path below the Web API's address: `undefined` where there is no such row, `null` for no JSON. */
export type DataverseRequest = (path: string, options?: LookUpOptions) => Promise<unknown>;

const known = { url: true, accessToken: true, credential: true, timeout: true, fetch: true } satisfies Record<
  keyof DataverseOptions,
  true
>;

/** At most so many requests for one look-up. */
const attempts = 4;

/**
 * A function that asks Dataverse. It renews the access token once after a 401, waits as long as `Retry-After` says
 * after a 429 or 503 if `timeout` leaves room for that, and follows no redirect.
 *
 * @throws TypeError when an option cannot be used.
 */
export function createDataverseRequest(options: DataverseOptions): DataverseRequest {
  requireKnownOptions('createDataverseContacts', options, known);
  const { timeout = 5000, fetch: send = (url, init) => fetch(url, init) } = options;
  const base = webApiUrl(options.url);
  const accessToken = accessTokenSource(options, new URL(base).origin);
  if (!(Number.isFinite(timeout) && timeout >= 100 && timeout <= 60_000))
    throw new TypeError(`timeout is ${timeout}. It is in milliseconds, from 100 to 60000.`);

  const ask = async (path: string, token: string, signal: AbortSignal): Promise<[Response, string]> => {
    try {
      const response = await send(`${base}${path}`, {
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'OData-MaxVersion': '4.0',
          'OData-Version': '4.0',
        },
        redirect: 'manual',
        signal,
      });
      return [response, await response.text()];
    } catch (error) {
      throw unreachable(error);
    }
  };

  const lookUp = async (path: string, progress: Progress, signal: AbortSignal): Promise<unknown> => {
    const deadline = Date.now() + timeout;
    const tokenFor = async (reason: { renew: boolean }) => {
      progress.awaits = 'accessToken';
      const token = requireToken(await accessToken(reason));
      progress.awaits = 'Dynamics';
      return token;
    };
    let renewed = false;
    let token = await tokenFor({ renew: false });
    for (let attempt = 1; ; attempt++) {
      const [{ status, headers }, text] = await ask(path, token, signal);
      if (status === 200) return parse(text);
      if (status === 404 && saysNoSuchRow(parse(text))) return undefined;
      const wait = status === 429 || status === 503 ? retryAfter(headers) : undefined;
      if (status === 401 && !renewed && attempt < attempts) {
        renewed = true;
        const refused = token;
        token = await tokenFor({ renew: true });
        if (token === refused) throw dataverseRefusal(401, undefined);
      } else if (wait !== undefined && attempt < attempts && Date.now() + wait < deadline) {
        await new Promise((resolve) => setTimeout(resolve, wait));
      } else {
        throw dataverseRefusal(status, wait);
      }
    }
  };

  return (path, { signal } = {}) => {
    const progress: Progress = { awaits: 'accessToken' };
    return withTimeLimit({ limit: timeout, late: () => late(progress, timeout), signal }, (signal) =>
      lookUp(path, progress, signal),
    );
  };
}

/** Whose answer a look-up waits for. */
interface Progress {
  awaits: 'accessToken' | 'Dynamics';
}

function late({ awaits }: Progress, timeout: number): DataverseError {
  const remedy =
    awaits === 'Dynamics'
      ? 'Try again, or raise timeout.'
      : 'The look-up waits for it: let it keep its token while that is valid, and see whether it reaches the identity service.';
  return new DataverseError('timeout', `${awaits} did not answer within ${timeout} ms. ${remedy}`);
}

function requireToken(token: unknown): string {
  if (isAccessToken(token)) return token;
  throw new TypeError(
    'accessToken did not answer an access token. It must be text, without "Bearer" and line breaks.',
  );
}

/** Passes on nothing but a system's error code: what fetch throws may hold the request, and with it the access token. */
function unreachable(error: unknown): DataverseError {
  const { code } = ((error as Error | undefined)?.cause ?? {}) as { code?: unknown };
  const reason = typeof code === 'string' && /^[A-Z\d_]+$/.test(code) ? ` (${code})` : '';
  return new DataverseError(
    'network',
    `Dynamics could not be reached${reason}. Is url right, and may the server connect to it?`,
  );
}

/** Dataverse's own word for it (`ObjectDoesNotExist`): any other 404, of a gateway or a wrong address, tells nothing of a contact. */
function saysNoSuchRow(answer: unknown): boolean {
  const { error } = Object(answer) as { error?: { code?: unknown } | null };
  return String(error?.code).toLowerCase() === '0x80040217';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
