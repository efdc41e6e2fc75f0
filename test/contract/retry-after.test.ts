import { afterEach, describe, expect, it, vi } from 'vitest';
import { retryAfter } from '../../src/contract/retry-after.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('Retry-After', () => {
  const date = 'Thu, 01 Jan 2026 00:00:00 GMT';
  it.each([
    ['7', 7000],
    ['0', 0],
    ['1.5', 1500],
    ['12', 12_000],
    ['1.25', 1250],
    ['Thu, 01 Jan 2026 00:00:09 GMT', 9000],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['', undefined],
    ['soon', undefined],
    ['7 s', undefined],
    ['-7', undefined],
    ['7, 7', undefined],
    ['2026-01-01', undefined],
    ['Someday GMT', undefined],
    ['Thu, 01 Jan 2026 00:00:09 GMT+2', undefined],
  ])('%j means %j milliseconds', (value, expected) => {
    expect(retryAfter(new Headers({ 'Retry-After': value, Date: date }))).toBe(expected);
  });

  it('that is missing means nothing', () => {
    expect(retryAfter(new Headers())).toBeUndefined();
  });

  it.each([{}, { Date: 'now' }])(
    'is compared with the clock here if the answer has no readable Date: %j',
    (unreadable) => {
      vi.useFakeTimers({ now: Date.parse(date) });
      const headers = new Headers({ 'Retry-After': 'Thu, 01 Jan 2026 00:00:09 GMT', ...unreadable });
      expect(retryAfter(headers)).toBe(9000);
    },
  );
});
