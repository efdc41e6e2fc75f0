import { describe, expect, it } from 'vitest';
import { readAnswer } from '../../src/contract/read-answer.js';
import { answers, token } from './answers.js';

describe('an answer', () => {
  it.each(answers)('%j is %s', (body, word, tokenField = 'token') => {
    const reading = readAnswer(body, tokenField);
    expect(reading.word).toBe(word);
    expect(reading.token).toBe(word === 'token' ? token : undefined);
  });

  it('may hold a token of another algorithm, whose signature has another length', () => {
    const other = `${Buffer.from('{"alg":"HS256"}').toString('base64url')}.e30.${'A'.repeat(43)}`;
    expect(readAnswer(other, 'token')).toEqual({ word: 'token', token: other });
  });

  it('without its token says which names it has', () => {
    expect(readAnswer('{"jwt":"x","expires_in":9}', 'token').names).toEqual(['jwt', 'expires_in']);
  });

  it.each(['{"', '{ "', '"a', 'eyJ', '<', '[{"', '{"a":"}'])(
    'of a megabyte of %j is read in one pass',
    (text) => {
      const begin = performance.now();
      readAnswer(text.repeat(1e6 / text.length), 'token');
      readAnswer(`x${text.repeat(1e6 / text.length)}`, 'token');
      // Seconds instead of the hours that a quadratic search would take.
      expect(performance.now() - begin).toBeLessThan(60_000);
    },
  );
});
