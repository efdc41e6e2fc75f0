/**
 * Inspects the answer of a token endpoint: its status and headers, its cache rules, and the token in it.
 *
 * @module
 */
import { meantStatus } from '../../contract/answer-headers.js';
import { entraCodeIn } from '../../contract/entra-codes.js';
import { isLocalHost } from '../../contract/origins.js';
import { readKey } from '../../key/read/read-key.js';
import { duration } from '../duration.js';
import { type Finding, finding } from '../findings/finding.js';
import type { TimeOfUse } from '../token/times.js';
import { findTokenInBody } from './body.js';
import { inspectCaching, inspectSharing } from './caching.js';
import { inspectCors } from './cors.js';
import { entraRefused } from './entra-refused.js';
import { knownRefusal } from './known-refusals.js';
import { readBody } from './read-body.js';
import { inspectStatus } from './status.js';

export interface Answer extends TimeOfUse {
  /** The text in place of the token, unchanged. */
  token?: string | undefined;
}

export interface AnswerOptions {
  tokenField: string;
  origin?: string | undefined;
  /** Whether the answer was saved and may be old. @default false */
  saved?: boolean;
  /** The method of the request, if it is known. */
  method?: string | undefined;
}

/** Yields the findings about the answer itself, and returns the token in it. Reads the body to its end. */
export async function* inspectAnswer(
  response: Response,
  { tokenField, origin, saved = false, method }: AnswerOptions,
): AsyncGenerator<Finding, Answer> {
  if (isInsecure(response.url)) yield finding('not-https');
  const moment = yield* readClock(response, saved);
  yield* inspectCors(response, origin);
  const body = await readBody(response);
  // Like the bridge, accepts a token with any successful status.
  const status = meantStatus(response.status, response.headers);
  const text = typeof body === 'string' ? body : '';
  // Comes first, because the client now has the private key.
  if (readKey(text).kind === 'private') {
    yield finding('private-key', 'in-answer');
    return moment;
  }
  if (status < 200 || status > 299 || [204, 205].includes(status)) {
    const entra = entraCodeIn(text);
    const known = entra ? entraRefused(entra) : knownRefusal(status, text, response.headers);
    if (known) {
      yield known;
      return moment;
    }
    if ([401, 403].includes(status)) yield* inspectSharing(response.headers, moment.arrived ?? moment.now);
    yield* inspectStatus(response, { status, body: text, saved, method });
    return moment;
  }
  if (response.redirected) yield finding('redirected', ' to this address');
  yield* inspectCaching(response.headers, moment.arrived ?? moment.now);
  if (typeof body !== 'string') {
    yield body;
    return moment;
  }
  const known = /^["{]?eyJ|"eyJ/.test(text) ? undefined : knownRefusal(status, text, response.headers);
  if (known) {
    yield known;
    return moment;
  }
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (saved && !body.trim()) {
    yield finding('headers-alone');
    return moment;
  }
  return { ...moment, token: yield* findTokenInBody(body, type, tokenField) };
}

/**
 * Returns when the answer arrived by the server's clock: its Date plus its Age (RFC 9110 section 6.6.1, RFC 9111
 * section 5.1). A saved answer shows only whether the server's clock is ahead; its token may have expired since.
 */
function* readClock({ headers }: Response, saved: boolean): Generator<Finding, TimeOfUse> {
  const here = Date.now() / 1000;
  const date = Date.parse(headers.get('date') ?? '') / 1000;
  if (Number.isNaN(date)) {
    yield finding('date-missing');
    return { now: here, arrived: saved ? undefined : here };
  }
  const arrived = date + (Number.parseInt(headers.get('age') ?? '', 10) || 0);
  const ahead = arrived - here;
  const apart = duration(Math.abs(ahead));
  if (saved && ahead < -60) yield finding('saved-answer', apart);
  else if (Math.abs(ahead) > 60)
    yield finding('server-clock', `${saved ? 'at least ' : ''}${apart} ${ahead > 0 ? 'ahead of' : 'behind'}`);
  return { now: saved ? Math.max(arrived, here) : arrived, arrived };
}

function isInsecure(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'http:' && !isLocalHost(hostname);
}
