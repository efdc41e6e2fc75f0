import { describe, expect, it } from 'vitest';
import { defaultMethodName, isMethodName } from '../../src/contract/method-name.js';
import { methodNames } from './method-names.js';

describe('a JS Method Name', () => {
  it.each(methodNames)('%s: %s', (name, isValid) => {
    expect(isMethodName(name)).toBe(isValid);
  });

  it('is by default the one of the specification', () => {
    expect(isMethodName(defaultMethodName)).toBe(true);
    expect(defaultMethodName).toBe('authoriseChatWithCallback');
  });
});
