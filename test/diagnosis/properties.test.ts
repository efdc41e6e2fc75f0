import fc from 'fast-check';
import { diagnose, type Finding } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';
import { issuer, pasted, publicPem, sign, token } from './diagnose-site.js';

/** What mail, forms and configuration files may do to a text. */
const damage = fc.array(
  fc.record({
    at: fc.nat(1000),
    remove: fc.nat(3),
    insert: fc.oneof(
      fc.constantFrom('', '\n', ' ', '"', '\\n', '-', '=', 'A', '\u200b'),
      fc.string({ maxLength: 4 }),
    ),
  }),
  { maxLength: 4 },
);
type Damage = { at: number; remove: number; insert: string }[];

const damaged = (text: string, damages: Damage) =>
  damages.reduce((left, { at, remove, insert }) => {
    const position = at % (left.length + 1);
    return left.slice(0, position) + insert + left.slice(position + remove);
  }, text);

const verified = (findings: Finding[]) => findings.some(({ code }) => code === 'signature-fits');

describe('diagnose, whatever it is given', () => {
  it('returns findings for any text in any option', async () => {
    const text = fc.oneof(fc.string(), fc.string({ unit: 'grapheme' }), fc.json(), fc.base64String());
    await fc.assert(
      fc.asyncProperty(text, text, text, async (subject, publicKey, entered) => {
        const findings = await diagnose(subject, { publicKey, issuer: entered });
        expect(findings.length).toBeGreaterThan(0);
        for (const { message } of findings) expect(message).toMatch(/^\S.*\S$/s);
      }),
      { numRuns: 300 },
    );
  });

  it('answers with findings, for any times', async () => {
    const iat = fc.double({ min: 0, max: 1e30, noNaN: true });
    await fc.assert(
      fc.asyncProperty(iat, fc.double({ min: -1, max: 1e4, noNaN: true }), async (start, part) => {
        const exp = start * (1 + part / 1e4);
        expect((await diagnose(token({ iat: start, exp }))).length).toBeGreaterThan(0);
      }),
      { numRuns: 300, examples: [[1e22, 3600e9 / 1e18]] },
    );
  });

  it('answers with findings, for any number of heads', async () => {
    expect(await diagnose('HTTP/1.1 100 Continue\n\n'.repeat(40_000))).not.toEqual([]);
  });

  it('answers with findings, for any answer', async () => {
    const header = fc.constantFrom(
      'age',
      'date',
      'cache-control',
      'vary',
      'location',
      'content-type',
      'allow',
      'retry-after',
      'access-control-allow-origin',
    );
    const value = fc
      .oneof(fc.string(), fc.constantFrom('*', '0', '-1', '1, 2', 'null'))
      .map((text) => text.replace(/[^\x20-\x7e]/g, ''));
    const status = fc.constantFrom(200, 201, 204, 301, 304, 401, 403, 404, 429, 500, 599);
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string(), fc.json()),
        status,
        fc.dictionary(header, value),
        async (body, status, headers) => {
          const response = new Response([204, 304].includes(status) ? null : body, { status, headers });
          expect((await diagnose(response, { publicKey: pasted })).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('says that the signature fits only for the exact token and the exact key', async () => {
    const genuine = token();
    await fc.assert(
      fc.asyncProperty(damage, damage, async (ofToken, ofKey) => {
        const [subject, publicKey] = [damaged(genuine, ofToken), damaged(pasted, ofKey)];
        const findings = await diagnose(subject, { publicKey, issuer });
        const text = findings.map(({ message }) => message).join('\n');
        if (publicKey !== pasted) expect(verified(findings)).toBe(false);
        if (verified(findings)) expect(subject.replace(/[\s\u200b]/g, '')).toContain(genuine);
        for (const part of [...genuine.split('.'), pasted]) expect(text).not.toContain(part.slice(0, 24));
      }),
      { numRuns: 150 },
    );
  });

  it('finds a fault in every damaged key', async () => {
    const subject = token();
    await fc.assert(
      fc.asyncProperty(damage, fc.constantFrom(pasted, publicPem), async (damages, key) => {
        const publicKey = damaged(key, damages);
        fc.pre(publicKey !== pasted);
        const findings = await diagnose(subject, { publicKey, issuer });
        expect(findings.some(({ level }) => level !== 'note')).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('judges any claims without failing, and quotes only iss and the times', async () => {
    const claim = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(fc.string()),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.record({ iat: claim, exp: claim, nbf: claim, sub: claim, iss: claim }),
        async (claims) => {
          const secret = { given_name: 'Geheim-1', family_name: 'Geheim-2', email: 'geheim@example.com' };
          const findings = await diagnose(sign({ alg: 'RS256' }, { ...claims, ...secret }), {
            publicKey: pasted,
          });
          expect(findings.map(({ message }) => message).join()).not.toMatch(/geheim/i);
        },
      ),
      { numRuns: 200 },
    );
  });
});
