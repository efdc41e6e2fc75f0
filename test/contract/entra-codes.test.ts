import { describe, expect, it } from 'vitest';
import { entraCodeIn, entraCodes, explainEntraCode } from '../../src/contract/entra-codes.js';

describe("Entra's number", () => {
  it.each([
    ['AADSTS7000222: The provided client secret keys are expired.', '7000222'],
    ['{"error_description":"AADSTS90002: Tenant not found"}', '90002'],
    ['AADSTS7000215', '7000215'],
    ['invalid_client', undefined],
    ['AADSTS', undefined],
    ['AADSTS123', undefined],
    ['AADSTS123456789', undefined],
    ['XAADSTS90002', undefined],
    ['', undefined],
  ])('in %j is %s', (text, number) => {
    expect(entraCodeIn(text)).toBe(number);
  });

  it.each(Object.keys(entraCodes))('%s has a fact and a remedy', (number) => {
    const { fact, remedy } = explainEntraCode(number);
    // A message continues the fact. The remedy is one or more sentences.
    expect(fact).toMatch(/^[A-Z].*[a-z\d]$/);
    expect(remedy).toMatch(/^[A-Z].+\.$/);
  });

  it('of an expired secret is explained', () => {
    expect(explainEntraCode('7000222').fact).toBe('The client secret has expired');
  });

  it.each(['50000', 'constructor', '__proto__'])(
    '%s is not known, and is looked up at Microsoft',
    (number) => {
      expect(explainEntraCode(number)).toEqual({
        fact: 'Microsoft Entra ID refused an access token',
        remedy: `Its meaning is at https://login.microsoftonline.com/error?code=${number}.`,
      });
    },
  );
});
