// @vitest-environment jsdom
import fc from 'fast-check';
import { diagnose } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { fitsRsaKey } from '../../src/contract/token-shape.js';
import { bridge, endpoint, token as tokenOf } from '../bridge/site.js';
import { answers } from '../contract/answers.js';

/**
 * Errors that do not prevent a hand-over, because only Live Assist, the CRM or another origin would notice them. For
 * every other error of `diagnose`, the bridge must refuse, and vice versa.
 */
const notOfDelivery =
  /^(sub-(?!missing|elsewhere|not-text)|name-|issuer-|shared-cacheable|cors-|critical-header|seven-second|issued-in-future|not-yet-valid|private-key)/;
/** With a signature that ends as base64url does. */
const token = (claims: object = {}, header: object = { alg: 'RS256' }) =>
  tokenOf(claims, header).replace(/[^.]*$/, 'A'.repeat(342));

async function handsOver(make: () => Response): Promise<boolean> {
  endpoint(make);
  const made = bridge({ timeout: 9500 });
  const token = await made.getToken().catch(() => undefined);
  made.dispose();
  return token !== undefined;
}

/** Codes of the errors that prevent a hand-over. */
async function errors(make: () => Response, text: string, subject: unknown): Promise<string[]> {
  const [, signature = ''] = /\.[\w-]+\.([\w-]*)/.exec(text) ?? [];
  const exceptions: Record<string, boolean> = {
    // A number is not text, but an id of another system can be.
    'sub-account-id': typeof subject === 'number',
    // The bridge checks only the length. It notices a lost character, but not a changed one.
    'part-incomplete': !fitsRsaKey(signature),
  };
  return (await diagnose(make()))
    .filter(({ level, code }) => level === 'error' && (exceptions[code] ?? !notOfDelivery.test(code)))
    .map(({ code }) => code);
}

const seconds = () => Math.floor(Date.now() / 1000);
const claims = fc.record(
  {
    sub: fc.constantFrom<unknown>('', 7, null, 'ada@example.com', { id: 7 }),
    iat: fc.constantFrom<unknown>(undefined, 'soon', null, Date.now(), seconds() - 60, `${seconds()}`),
    exp: fc.constantFrom<unknown>(
      undefined,
      null,
      Date.now() + 7.2e6,
      seconds() + 7.2,
      seconds() - 9,
      `${seconds()}`,
      true,
    ),
    iss: fc.constantFrom<unknown>('www.example.com', '', 7),
    given_name: fc.constantFrom<unknown>('Zoë', '', 7),
  },
  { requiredKeys: [] },
);
const header = fc.constantFrom<object>(
  { alg: 'RS256' },
  { alg: 'RS256', crit: ['x'] },
  { alg: 'HS256' },
  { alg: 'none' },
  {},
  { alg: 'rs256' },
);

/** What servers, languages and tools do to a token or to the surrounding text. */
const wraps: ((text: string) => string)[] = [
  (text) => text,
  (text) => JSON.stringify({ token: text }),
  (text) => JSON.stringify(text),
  (text) => JSON.stringify({ jwt: text }),
  (text) => JSON.stringify([text]),
  (text) => `Bearer ${text}`,
  (text) => `\ufeff${text}`,
  (text) => `\u00a0 ${text}\n`,
  (text) => `${text}0`,
  (text) => `${text}\n0`,
  (text) => `<br />\n<b>Warning</b>: x in <b>y</b> on line <b>7</b><br />\n${text}`,
  (text) => `)]}',\n${text}`,
  (text) => `callback(${text});`,
  (text) => `/* x */ ${text}`,
  (text) => text.slice(0, -1),
  (text) => text.slice(0, 90),
  (text) => text.replace('.', '. '),
  (text) => `<!doctype html><p>${text}`,
  (text) => `<?xml version="1.0"?><string>${text}</string>`,
];
const wrap = fc.oneof(fc.constantFrom(...wraps), fc.constantFrom(...wraps.slice(0, 3)));
/** Often no change: otherwise every answer would have a fault. */
const rarely = <T>(some: fc.Arbitrary<T>, otherwise: T) =>
  fc.oneof({ arbitrary: some, weight: 1 }, { arbitrary: fc.constant(otherwise), weight: 3 });

const body = fc.oneof(
  fc
    .tuple(rarely<{ sub?: unknown }>(claims, {}), rarely<object>(header, { alg: 'RS256' }), wrap, wrap)
    .map(([claims, header, first, second]) => ({
      text: second(first(token(claims, header))),
      sub: claims.sub,
    })),
  fc.tuple(wrap, wrap).map(([first, second]) => ({ text: second(first(token())), sub: '' })),
  fc.constantFrom(...answers.map(([text]) => ({ text, sub: '' }))),
);

const headers = fc.record(
  {
    Age: fc.constantFrom('0', '7', '0, 7', 'x'),
    'X-Cache': fc.constantFrom('HIT', 'MISS', 'Hit from cloudfront', 'miss, HIT', ''),
    'Cache-Status': fc.constantFrom('edge; hit', 'edge; fwd=stale', 'edge; hit=?0'),
    'X-Anything-Cache': fc.constantFrom('HIT'),
    'X-Responded-JSON': fc.constantFrom('{"status":401}', '{"status":200}', 'x'),
    'Cache-Control': fc.constantFrom('no-store', 'public', ''),
    'Content-Type': fc.constantFrom('application/json', 'text/html', ''),
    'WWW-Authenticate': fc.constantFrom('Basic', 'Bearer'),
  },
  { requiredKeys: [] },
);
const status = fc.oneof(
  fc.constant(200),
  fc.constantFrom(201, 204, 206, 226, 400, 401, 403, 404, 405, 408, 409, 419, 429, 500, 503),
);

describe('the bridge and diagnose', () => {
  it('agree on every answer that a page can read', async () => {
    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(
        body,
        rarely(status, 200),
        rarely(headers, {}),
        async ({ text, sub }, status, headers) => {
          const make = () =>
            new Response(status === 204 ? null : text, {
              status,
              // Asks for a longer pause than the bridge waits, so that no request is repeated.
              headers: { Date: new Date().toUTCString(), 'Retry-After': '60', ...headers },
            });
          const [isHanded, found] = [await handsOver(make), await errors(make, text, sub)];
          expect({ isHanded, found }).toEqual({ isHanded: found.length === 0, found });
          if (isHanded) delivered += 1;
        },
      ),
      { numRuns: 600 },
    );
    expect(delivered).toBeGreaterThan(30);
  });
});
