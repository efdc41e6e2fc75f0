import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outline, redact } from '../../../src/diagnosis/account/redact.js';

describe('redact', () => {
  it('keeps no letter or digit of a text that is not a documented setting', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const kept = JSON.stringify(redact({ issuer: text }));
        expect(kept.replaceAll('issuer', '')).not.toMatch(/[a-wyzA-Z1-9]|[^\W\dx_]/);
      }),
    );
  });

  it('keeps the form of any JSON value, and never fails', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        expect(() => JSON.stringify(redact(value))).not.toThrow();
        expect(outline(value).split('\n')).toHaveLength(1);
        expect(outline(value).length).toBeLessThan(4000);
      }),
    );
  });

  it.each([
    'shop.contoso.com',
    'contoso',
    'anna.berg@contoso.com',
    'ContosoBankIssuer',
    'eyJhbGciOiJSUzI1NiJ9',
    'a8f3c1d29b7e4f60',
    'sk_live_Abcdefgh',
    'x-contoso-key',
    '__proto__x',
    '5551234567',
  ])('keeps no name that may belong to the account: %s', (name) => {
    const answer = [{ configuration: { issuers: { [name]: { enabled: true } }, [name]: 1 }, [name]: 'x' }];
    expect(JSON.stringify(redact(answer))).not.toContain(name);
    expect(outline(answer)).not.toContain(name);
  });

  it('keeps the names of the documented format', () => {
    const names = [
      ...['id', 'type', 'name', 'deleted', 'configuration', 'jwtValidationType', 'jwtPublicKey', 'issuer'],
      ...['issuerDisplayName', 'jsMethodName', 'jsContext', 'authorizationEndpoint', 'tokenEndpoint'],
      ...['clientId', 'jwksEndpoint', 'rfcCompliance', 'preferred', 'service', 'account', 'baseURI', 'token'],
      ...['internalErrorCode', 'internalCode', 'error', 'message', 'client_secret'],
    ];
    const answer = Object.fromEntries(names.map((name) => [name, true]));
    expect(Object.keys(Object(redact(answer)))).toEqual(names);
  });

  it('stops at a value that is nested too deeply', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(JSON.stringify(redact(deep))).toContain('(nested too deeply)');
    expect(outline(deep)).toBe('a list of 1, first a list of 1, first a list of 1, first a list of 1');
  });
});
