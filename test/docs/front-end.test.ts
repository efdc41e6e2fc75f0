// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, call, endpoint, failure, token } from '../bridge/site.js';

let warn = vi.spyOn(console, 'warn');

beforeEach(() => {
  warn = vi.spyOn(console, 'warn').mockReturnValue();
});
afterEach(() => {
  expect(warn).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  delete window.authoriseChatWithCallback;
});

describe('the documented example', () => {
  it('for a plain module answers Live Assist and forgets at sign-out', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    const { signedOut } = await import('docs:plain.ts');
    expect(fetch).not.toHaveBeenCalled();
    expect(await call()).toHaveLength(1);
    signedOut();
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('for a token of one’s own hands it over, and knows who is signed out', async () => {
    const jwt = token();
    let status = 200;
    vi.stubGlobal('fetch', async () => answer({ chatToken: jwt }, status));
    await import('docs:own.ts');
    expect(await call()).toEqual([jwt]);
    document.dispatchEvent(new Event('visibilitychange'));
    status = 401;
    expect(await call()).toEqual(failure);
  });
});
