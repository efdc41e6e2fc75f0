/** Looks at the answer of a token endpoint: how it came, who may keep it, and the token in it. */
import { findTokenInBody } from './body.js';
import { inspectCaching } from './caching.js';
import { inspectCors } from './cors.js';
import { duration } from './duration.js';
import { type Finding, finding } from './finding.js';
import { looksLikeHtml, pageFinding } from './page.js';
import { readBody } from './read-body.js';
import { inspectStatus } from './status.js';

export interface Answer {
  /** The text in the place of the token, as it stands there. */
  token?: string | undefined;
  /** The server's clock when the answer arrived, in seconds since 1970. */
  now: number;
}

export interface AnswerOptions {
  tokenField: string;
  origin?: string | undefined;
}

/** What is to be said about the answer itself, and the token it holds. Reads the body to its end. */
export async function* inspectAnswer(
  response: Response,
  { tokenField, origin }: AnswerOptions,
): AsyncGenerator<Finding, Answer> {
  const insecure = /^http:\/\/(?!(localhost|127\.0\.0\.1|\[::1\]|[^/:]+\.localhost)(:|\/|$))/i;
  if (insecure.test(response.url)) yield finding('not-https');
  const now = yield* readClock(response);
  yield* inspectCors(response, origin);
  const body = await readBody(response);
  // As the bridge does: a token may come with any status of success.
  if (!response.ok || [204, 205].includes(response.status)) {
    yield* inspectStatus(response, typeof body === 'string' ? body : '');
    return { now };
  }
  if (response.redirected) yield finding('redirected', ' to this address');
  yield* inspectCaching(response.headers);
  if (typeof body !== 'string') {
    yield body;
    return { now };
  }
  const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (looksLikeHtml(body)) {
    yield pageFinding(body);
    return { now };
  }
  return { now, token: yield* findTokenInBody(body.trim(), type, tokenField) };
}

/** The time the answer arrived by the server's clock: its Date plus its Age (RFC 9110 section 6.6.1, RFC 9111 section 5.1). */
function* readClock({ headers }: Response): Generator<Finding, number> {
  const here = Date.now() / 1000;
  const date = Date.parse(headers.get('date') ?? '') / 1000;
  if (Number.isNaN(date)) {
    yield finding('date-missing');
    return here;
  }
  const there = date + (Number.parseInt(headers.get('age') ?? '', 10) || 0);
  const ahead = there - here;
  if (Math.abs(ahead) > 60) {
    yield finding('server-clock', `${duration(Math.abs(ahead))} ${ahead > 0 ? 'ahead of' : 'behind'}`);
  }
  return there;
}
