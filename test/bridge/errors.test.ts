import { BridgeError, type BridgeErrorCode } from 'live-assist-bridge';
import { describe, expect, it } from 'vitest';

/** The status that leads to each code, if an answer does. */
const codes: Record<BridgeErrorCode, number | undefined> = {
  'signed-out': 401,
  'no-contact': 403,
  forbidden: 403,
  redirected: undefined,
  'rate-limited': 429,
  'endpoint-failed': 500,
  network: undefined,
  timeout: undefined,
  'not-a-token': undefined,
  'wrong-claims': undefined,
  'token-expired': undefined,
  'cached-answer': undefined,
  'visitor-changed': undefined,
  disposed: undefined,
};

describe('an error', () => {
  it.each(Object.entries(codes))('of the code %s says what happened, then what to do', (code, status) => {
    const error = new BridgeError(code as BridgeErrorCode, status);
    expect(error).toMatchObject({ name: 'BridgeError', code, status });
    const [, fact = ''] = /^([A-Z][^.]+\.) [A-Z].+\.$/.exec(error.message) ?? [];
    expect(fact).toContain(status ? `answered ${status}` : ' ');
  });

  it('has a separate message for every code', () => {
    const messages = Object.keys(codes).map((code) => new BridgeError(code as BridgeErrorCode).message);
    expect(new Set(messages).size).toBe(messages.length);
  });
});
