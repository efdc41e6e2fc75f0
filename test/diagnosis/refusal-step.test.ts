import type { BridgeErrorCode } from 'live-assist-bridge';
import type { BridgeCode } from 'live-assist-bridge/testing/playwright';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { refusalStep } from '../../src/diagnosis/refusal-step.js';

describe('refusalStep', () => {
  it('knows every code of the bridge and no other', () => {
    expectTypeOf<BridgeCode>().toEqualTypeOf<BridgeErrorCode>();
  });

  it('blames the call for what it does not know', () => {
    expect(['no-contact', 'toString', 'of-another-bridge', undefined].map(refusalStep)).toEqual([2, 6, 6, 6]);
  });
});
