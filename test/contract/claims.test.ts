import { describe, expect, it } from 'vitest';
import { issuerDefect, timeDefect } from '../../src/contract/claims.js';

describe('an issuer', () => {
  it.each([
    ['www.example.com', undefined],
    ['https://www.example.com/', undefined],
    ['bücher.example', undefined],
    [undefined, 'is missing'],
    ['', 'is missing'],
    [null, 'is not text'],
    [5, 'is not text'],
    [['www.example.com'], 'is not text'],
    ['www.example.com ', 'contains white space or an invisible character'],
    ['www. example.com', 'contains white space or an invisible character'],
    ['www.example.com\n', 'contains white space or an invisible character'],
    ['www.\u00ADexample.com', 'contains white space or an invisible character'],
    ['\uFEFFwww.example.com', 'contains white space or an invisible character'],
    ['www.example.com\u0000', 'contains white space or an invisible character'],
  ])('%j: %s', (issuer, defect) => {
    expect(issuerDefect(issuer)).toBe(defect);
  });
});

describe('a time', () => {
  it.each([
    [1_767_225_600, undefined],
    [1_767_225_600.5, undefined],
    [0, undefined],
    [-1, undefined],
    [1e11, undefined],
    [1e11 + 1, 'milliseconds'],
    [1_767_225_600_000, 'milliseconds'],
    [undefined, 'missing'],
    [null, 'not-a-number'],
    ['1767225600', 'not-a-number'],
    [Number.NaN, 'not-a-number'],
    [Number.POSITIVE_INFINITY, 'not-a-number'],
  ])('%j: %s', (value, defect) => {
    expect(timeDefect(value)).toBe(defect);
  });
});
