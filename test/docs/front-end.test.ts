// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answer, call, endpoint, failure, token } from '../bridge/site.js';

type Identity = (tell: (identity: unknown) => void) => void;

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

  it('for fetchToken hands the token over, and recognises a signed-out visitor', async () => {
    const jwt = token();
    let status = 200;
    vi.stubGlobal('fetch', async () => answer({ chatToken: jwt }, status));
    await import('docs:own.ts');
    expect(await call()).toEqual([jwt]);
    document.dispatchEvent(new Event('visibilitychange'));
    status = 401;
    expect(await call()).toEqual(failure);
  });

  it('for messaging identifies a visitor who has signed in, and notifies the tag at both changes', async () => {
    const sub = 'c0ffee00-0000-4000-8000-000000000001';
    const fetch = endpoint(() => answer({ token: token({ iss: 'www.example.com', sub }) }));
    const lpTag = { section: ['home'], newPage: vi.fn(), identities: [] as Identity[] };
    Object.assign(window, { lpTag });
    const ask = () => Promise.all(lpTag.identities.map((identity) => new Promise((tell) => identity(tell))));
    const { signedIn, signedOut } = await import('docs:messaging.ts');
    expect(await ask()).toEqual([null]);
    signedIn('7f3a');
    expect(await ask()).toEqual([{ iss: 'www.example.com', acr: 'loa1', sub }]);
    signedOut();
    expect(await ask()).toEqual([null]);
    expect(lpTag.newPage.mock.calls.map(([, options]) => options)).toEqual([
      { section: ['account'] },
      { section: ['home'] },
    ]);
    expect(fetch).toHaveBeenCalledTimes(1);
    Reflect.deleteProperty(window, 'lpTag');
  });

  it('for the site’s own identity requests no token', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await import('docs:own-identity.ts');
    const { identities } = Reflect.get(window, 'lpTag') as { identities: Identity[] };
    const ask = () => new Promise((tell) => identities[0]?.(tell));
    expect(await ask()).toBeNull();
    document.body.dataset.contactId = 'c0ffee';
    expect(await ask()).toEqual({ iss: 'www.example.com', acr: 'loa1', sub: 'c0ffee' });
    expect(fetch).not.toHaveBeenCalled();
    Reflect.deleteProperty(window, 'lpTag');
  });
});
