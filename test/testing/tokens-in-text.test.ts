import { describe, expect, it } from 'vitest';
import { tokensIn } from '../../src/testing/record/exchange.js';
import { maskTokens } from '../../src/testing/record/mask.js';
import { token } from '../bridge/site.js';

const part = (text: string) => Buffer.from(text).toString('base64url');
/** A token whose header begins with a line break, as pretty-printed JSON does. */
const pretty = [part('{\n "alg": "RS256" }'), part('{ "sub": "ada" }'), 'A'.repeat(342)].join('.');

describe('tokens in a text', () => {
  it('are found beside host names that look like one', () => {
    const jwt = token();
    expect(tokensIn(`{"token":"${jwt}","site":"www.newkirk.example.com"}`)).toEqual([jwt]);
  });

  it.each(['', 'token=', 'a line\\n', 'Bearer '])('are masked after "%s"', (before) => {
    for (const jwt of [token(), pretty]) {
      const masked = maskTokens(`${before}${jwt}`);
      expect(masked).toContain('(token with the claims');
      for (const secret of jwt.split('.')) expect(masked).not.toContain(secret);
    }
  });

  it('leave words alone that only contain how a token begins', () => {
    const text = 'keyAgreementAlgorithm, monkeyJunglegym';
    expect(maskTokens('keyAgreementAlgorithm')).toBe('keyAgreementAlgorithm');
    expect(tokensIn(text)).toEqual([]);
  });
});
