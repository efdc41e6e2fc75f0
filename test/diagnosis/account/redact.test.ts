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

  it('stops at a value that is nested too deeply', () => {
    const deep: unknown = JSON.parse(`${'['.repeat(50_000)}${']'.repeat(50_000)}`);
    expect(JSON.stringify(redact(deep))).toContain('(nested too deeply)');
    expect(outline(deep)).toBe('a list of 1, first a list of 1, first a list of 1, first a list of 1');
  });
});
