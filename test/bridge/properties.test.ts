// @vitest-environment jsdom
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { bridge, call, endpoint, token } from './site.js';

const part = (value: unknown) => Buffer.from(JSON.stringify(value) ?? '').toString('base64url');

const claim = fc.oneof(fc.double(), fc.string(), fc.constant(Date.now() / 1000), fc.jsonValue());
// A single accepted answer among many refused ones.
const takenText = fc.string({ minLength: 1 }).map((sub) => token({ sub }));
const tokenText = fc.oneof(
  fc.string(),
  fc.base64String(),
  fc.tuple(fc.jsonValue(), fc.jsonValue(), fc.string()).map(([a, b, c]) => `${part(a)}.${part(b)}.${c}`),
  fc.record({ sub: claim, iat: claim, exp: claim }).map((claims) => token(claims)),
  takenText,
);
const body = fc.oneof(
  tokenText,
  tokenText.map((text) => JSON.stringify(text)),
  fc.record({ token: fc.oneof(tokenText, fc.jsonValue()) }).map((value) => JSON.stringify(value)),
  fc.json(),
);
const headers = fc.dictionary(
  fc.constantFrom('Date', 'Age', 'Retry-After', 'Content-Type'),
  fc.oneof(fc.integer().map(String), fc.constantFrom('soon', 'text/html', new Date().toUTCString())),
);
const response = fc.oneof(
  fc.record({ body, status: fc.constant(200), headers }),
  fc.record({ body, status: fc.integer({ min: 200, max: 499 }), headers }),
  fc.record({ body: takenText, status: fc.constant(200), headers: fc.constant({}) }),
);

describe('any answer of the endpoint', () => {
  it('gives every caller one answer, and throws nothing', async () => {
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(response, async ({ body, status, headers }) => {
        const empty = [204, 205, 304].includes(status);
        endpoint(() => new Response(empty ? null : body, { status, headers }));
        const made = bridge({ timeout: 100 });
        const callers = [call(), call()];
        const [first, second] = await Promise.all(callers);
        expect(second).toEqual(first);
        expect(callers.map(({ answers }) => answers.length)).toEqual([1, 1]);
        expect(made.errors).toHaveLength(first?.length === 1 ? 0 : 1);
        if (first?.length === 1) {
          delivered += 1;
          expect(body).toContain(first[0]);
        } else expect(first).toEqual([null, 'Unable to generate key']);
        made.dispose();
      }),
      { numRuns: 250 },
    );
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(delivered).toBeGreaterThan(10);
  });
});

describe('any text', () => {
  it('from the site’s own function is handed over unchanged, or refused without being quoted', async () => {
    let delivered = 0;
    await fc.assert(
      fc.asyncProperty(tokenText, async (text) => {
        const made = bridge({ fetchToken: async () => text });
        const outcome = await made.getToken().catch((error) => error);
        if (typeof outcome === 'string') {
          delivered += 1;
          expect(text).toContain(outcome);
        } else if (text.length > 12) expect(outcome.message).not.toContain(text);
        made.dispose();
      }),
      { numRuns: 250 },
    );
    expect(delivered).toBeGreaterThan(10);
  });
});
