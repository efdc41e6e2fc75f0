// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, call, endpoint, failure, token } from './site.js';

let warn = vi.spyOn(console, 'warn');

beforeEach(() => {
  vi.resetModules();
  warn = vi.spyOn(console, 'warn').mockReturnValue();
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('interactive');
  localStorage.clear();
});
afterEach(async () => {
  window.dispatchEvent(new Event('load'));
  await new Promise((resolve) => setTimeout(resolve));
  vi.restoreAllMocks();
  document.head.replaceChildren();
  delete window.authoriseChatWithCallback;
});

/**
 * Runs the tag's file on a page with these script tags. The first tag is the current script unless `current` says
 * otherwise.
 */
async function load(tags: Record<string, string>[], current: 'first' | 'moved' = 'first') {
  const scripts = tags.map((attributes) => {
    const script = document.createElement('script');
    for (const [name, value] of Object.entries(attributes)) script.setAttribute(name, value);
    document.head.append(script);
    return script;
  });
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue((current === 'first' && scripts[0]) || null);
  const exports = await import('../../src/bridge/tag.js');
  onTestFinished(() => exports.bridge?.dispose());
  return exports;
}
const tag = { 'data-token-endpoint': '/live-assist/token' };

describe('the tag', () => {
  it('installs itself from its attribute', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    const { bridge } = await load([tag]);
    expect(await call()).toEqual([await bridge?.getToken()]);
    expect(fetch.mock.calls[0]?.[0].url).toBe(`${location.origin}/live-assist/token`);
    expect(warn).not.toHaveBeenCalled();
  });

  it('reads every option that an attribute can contain', async () => {
    const jwt = token();
    const fetch = endpoint(() => answer({ data: { jwt } }));
    await load([
      {
        ...tag,
        'data-method-name': 'lpGetAuthenticationToken',
        'data-token-field': 'data.jwt',
        'data-http-method': 'POST',
        'data-credentials': 'include',
        'data-timeout': '9000',
        'data-expiry-margin': '30',
        'data-cfasync': 'false',
      },
    ]);
    expect(await call('lpGetAuthenticationToken')).toEqual([jwt]);
    expect(fetch.mock.calls[0]?.[0]).toMatchObject({ method: 'POST', credentials: 'include' });
    expect(warn).not.toHaveBeenCalled();
  });

  it('may name a method whose parents do not exist yet', async () => {
    endpoint(() => answer({ token: token() }));
    const { bridge } = await load([{ ...tag, 'data-method-name': 'shop.chat.getToken' }]);
    expect(Reflect.get(window, 'shop').chat.getToken).toBe(bridge?.authoriseChatWithCallback);
    expect(warn).not.toHaveBeenCalled();
    Reflect.deleteProperty(window, 'shop');
  });

  it('is found when an optimiser has moved the script', async () => {
    endpoint(() => answer({ token: token() }));
    await load([{ id: 'other' }, tag], 'moved');
    expect(await call()).toHaveLength(1);
  });

  it('is not chosen between two candidates', async () => {
    const { bridge } = await load([tag, tag], 'moved');
    expect(bridge).toBeUndefined();
    expect('authoriseChatWithCallback' in window).toBe(false);
    window.dispatchEvent(new Event('load'));
    await vi.waitFor(() =>
      expect(warn.mock.calls).toEqual([
        [expect.stringContaining('Several script tags have data-token-endpoint.')],
      ]),
    );
  });

  it('is the current script if there are two', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ 'data-token-endpoint': '/one' }, { 'data-token-endpoint': '/two' }]);
    await call();
    expect(fetch.mock.calls[0]?.[0].url).toBe(`${location.origin}/one`);
  });

  it('names its invalid values in one warning and uses the defaults', async () => {
    endpoint(() => answer({ token: token() }));
    await load([
      {
        ...tag,
        'data-timeout': '8',
        'data-http-method': 'PUT',
        'data-expiry-margin': '',
        'data-method-name': '__proto__.x',
      },
    ]);
    expect(await call()).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
    for (const name of ['data-timeout', 'data-http-method', 'data-expiry-margin', 'data-method-name'])
      expect(warn.mock.calls[0]?.[0]).toContain(`The attribute ${name} is not valid. It takes`);
    expect(warn.mock.calls[0]?.[0]).toMatch(/ The default is used\.$/);
  });

  it.each(['http://', 'http://shop.example/token', ''])(
    'with the address %j warns once and refuses at once',
    async (address) => {
      const fetch = endpoint(() => answer({ token: token() }));
      const details: unknown[] = [];
      const listen = (event: Event) => details.push((event as CustomEvent).detail);
      window.addEventListener('live-assist-bridge:error', listen);
      onTestFinished(() => window.removeEventListener('live-assist-bridge:error', listen));
      await load([{ 'data-token-endpoint': address, 'data-timeout': '8' }]);
      expect(warn.mock.calls).toEqual([[expect.stringMatching(/ https:\. .* 9500\.$/)]]);
      expect(await call()).toEqual(failure);
      const message = expect.stringMatching(
        /The attribute data-token-endpoint is not valid\. .*\. The attribute data-timeout .* 9500\.$/,
      );
      expect(details).toEqual([{ code: 'endpoint-failed', message }]);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('for a method name that the browser reserves warns once', async () => {
    const { bridge } = await load([{ ...tag, 'data-method-name': 'location.origin' }]);
    expect(bridge).toBeUndefined();
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/^live-assist-bridge: .*location\.origin/)]]);
  });

  it('recognises an attribute whose hyphens are missing', async () => {
    endpoint(() => answer({ jwt: token() }));
    await load([
      { ...tag, 'data-tokenField': 'jwt', 'data-token': 'of another tool', 'data-visitor': 'ada' },
    ]);
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: Write data-token-field for data-tokenfield. The default is used.'],
    ]);
  });

  it.each(['data-visitor-id', 'data-visitors', 'data-visitorId'])(
    'names %s, without which a change of visitor goes unnoticed',
    async (attribute) => {
      await load([{ ...tag, [attribute]: 'u-1' }]);
      expect(warn.mock.calls).toEqual([[expect.stringContaining('Write data-visitor for data-visitor')]]);
    },
  );

  it('only warns if it is on the page a second time', async () => {
    endpoint(() => answer({ token: token() }));
    const first = await load([tag]);
    const method = window.authoriseChatWithCallback;
    Object.assign(window, { liveAssistBridge: first });
    vi.resetModules();
    const second = await load([tag]);
    expect(window.authoriseChatWithCallback).toBe(method);
    expect(second).toMatchObject(first);
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: The file is on this page twice. Remove one of the two tags.'],
    ]);
    Reflect.deleteProperty(window, 'liveAssistBridge');
  });

  it('answers the calls that a stub had queued', async () => {
    endpoint(() => answer({ token: token() }));
    const stub: { (callback: unknown): void; q?: unknown[] } = (callback) => {
      stub.q = stub.q || [];
      stub.q.push(callback);
    };
    Object.assign(window, { authoriseChatWithCallback: stub });
    const early = call();
    await load([tag]);
    expect(await early).toHaveLength(1);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('data-visitor', () => {
  it('that is empty never causes a request', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': '' }]);
    expect(await call()).toEqual(failure);
    expect(fetch).not.toHaveBeenCalled();
    expect(warn).not.toHaveBeenCalled();
  });

  it('that names a visitor is answered, and the token is kept as usual', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-4711' }]);
    expect(await call()).toHaveLength(1);
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('is read at every call, for pages that sign in and out without loading', async () => {
    const fetch = endpoint(
      () => answer({ token: token({ sub: 'one' }) }),
      () => answer({ token: token({ sub: 'two' }) }),
    );
    await load([{ ...tag, 'data-visitor': '' }]);
    const script = document.querySelector('script');
    expect(await call()).toEqual(failure);
    script?.setAttribute('data-visitor', 'u-1');
    expect(await call()).toHaveLength(1);
    script?.setAttribute('data-visitor', 'u-2');
    expect(await call()).toHaveLength(1);
    expect(fetch).toHaveBeenCalledTimes(2);
    script?.removeAttribute('data-visitor');
    expect(await call()).toEqual(failure);
  });

  it('counts when it comes after the page has loaded', async () => {
    const [former, present] = [token({ sub: 'former' }), token({ sub: 'present' })];
    endpoint(
      () => answer({ token: former }),
      () => answer({ token: present }),
    );
    await load([tag]);
    const script = document.querySelector('script');
    expect(await call()).toEqual([former]);
    script?.setAttribute('data-visitor', 'u-2');
    expect(await call()).toEqual([present]);
    script?.removeAttribute('data-visitor');
    expect(await call()).toEqual(failure);
  });

  it('that is removed before the first call means that nobody is signed in', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    document.querySelector('script')?.removeAttribute('data-visitor');
    expect(await call()).toEqual(failure);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('counts on a tag whose method name is not valid', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-method-name': '__proto__.x', 'data-visitor': 'u-1' }]);
    await call();
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it('that stays the same leaves the stamp of a tab where somebody else signed in', async () => {
    endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    await call();
    localStorage.setItem('live-assist-bridge', 'of the other tab');
    await call();
    expect(localStorage.getItem('live-assist-bridge')).toBe('of the other tab');
  });

  it.each(['runs its script', 'only has its markup'])(
    'is that of the next page’s body, put in place of the last one, which %s',
    async (which) => {
      const [former, present] = [token({ sub: 'former' }), token({ sub: 'present' })];
      endpoint(
        () => answer({ token: former }),
        () => answer({ token: present }),
      );
      const first = await load([{ ...tag, 'data-visitor': 'u-1' }]);
      expect(await call()).toEqual([former]);
      Object.assign(window, { liveAssistBridge: first });
      onTestFinished(() => void Reflect.deleteProperty(window, 'liveAssistBridge'));
      document.head.replaceChildren();
      if (which === 'runs its script') {
        vi.resetModules();
        expect((await load([{ ...tag, 'data-visitor': 'u-2' }])).bridge).toBe(first.bridge);
      } else {
        const script = Object.assign(document.createElement('script'), { type: 'inert' });
        Object.assign(script.dataset, { tokenEndpoint: '/live-assist/token', visitor: 'u-2' });
        document.head.append(script);
      }
      expect(await call()).toEqual([present]);
      document.querySelector('script')?.setAttribute('data-visitor', '');
      expect(await call()).toEqual(failure);
      expect(warn).not.toHaveBeenCalled();
    },
  );

  it.each([
    ['another visitor, which a router left in place, is replaced', 'u-2', 0],
    ['the same visitor is named as superfluous', 'u-1', 1],
  ])('after that of %s', async (_, visitor, warnings) => {
    const fetch = endpoint(() => answer({ token: token() }));
    const first = await load([{ ...tag, 'data-visitor': 'u-1' }]);
    Object.assign(window, { liveAssistBridge: first });
    onTestFinished(() => void Reflect.deleteProperty(window, 'liveAssistBridge'));
    vi.spyOn(document, 'readyState', 'get').mockReturnValue('complete');
    vi.resetModules();
    await load([{ ...tag, 'data-visitor': visitor }]);
    expect(warn).toHaveBeenCalledTimes(warnings);
    await call();
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['a tag that lacks it', [tag], 3],
    ['a tag that says another', [{ ...tag, 'data-visitor': 'u-2' }], 3],
    ['a tag that says the same', [{ ...tag, 'data-visitor': 'u-1' }], 1],
    ['a script that is not our tag', [{ src: 'other.js' }], 1],
    ['a tag for another method', [{ ...tag, 'data-method-name': 'other' }], 1],
  ])('beside %s is known only where they agree', async (_, others, requests) => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    await call();
    vi.resetModules();
    const { bridge } = await load(others);
    await call();
    await call();
    expect(fetch).toHaveBeenCalledTimes(requests);
    bridge?.dispose();
    Reflect.deleteProperty(window, 'other');
  });

  it.each([
    ['no tag', []],
    ['a tag that lacks it', [tag]],
  ])('is not known on a next page with %s', async (_, next) => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    await call();
    document.head.replaceChildren();
    vi.resetModules();
    if (next.length) await load(next);
    await call();
    await call();
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  it('names a bridge that was there before the tag', async () => {
    const { createBridge } = await load([{ src: 'x.js' }]);
    const made = createBridge({ tokenEndpoint: '/token' });
    vi.resetModules();
    await load([tag]);
    expect(warn.mock.calls).toEqual([
      ['live-assist-bridge: createBridge() has made this method. Remove that or the tag.'],
    ]);
    made.dispose();
  });

  it('that changes without loading makes the other tabs forget', async () => {
    endpoint(() => answer({ token: token() }));
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    const before = localStorage.getItem('live-assist-bridge');
    document.querySelector('script')?.setAttribute('data-visitor', 'u-2');
    await call();
    const after = localStorage.getItem('live-assist-bridge');
    expect(after).not.toBe(before);
    await call();
    expect(localStorage.getItem('live-assist-bridge')).toBe(after);
  });

  it('renews the stamp only for a visitor other than the previous page’s', async () => {
    const stamps = [];
    for (const visitor of ['u-1', 'u-1', 'u-2', 'u-2', '', '', 'u-1']) {
      vi.resetModules();
      document.head.replaceChildren();
      (await load([{ ...tag, 'data-visitor': visitor }])).bridge?.dispose();
      stamps.push(localStorage.getItem('live-assist-bridge'));
    }
    const [a, b, c, d, e, f, g] = stamps;
    expect([a === b, c === d, e === f]).toEqual([true, true, true]);
    expect(new Set([a, c, e, g]).size).toBe(4);
    expect(stamps.join()).not.toMatch(/u-[12]/);
  });

  it('distinguishes ids that are nearly equal', async () => {
    const ids = ['Aa', 'BB', 'user-0b', 'user-1C', 'a', 'b', 'ab', 'ba', 'é', 'e', '😀', '😁'];
    // Each of these pairs is equal in one half of the hash.
    ids.push('user064881', 'user478800', 'user627538', 'user810026');
    const stamps = [];
    for (const visitor of ids) {
      vi.resetModules();
      document.head.replaceChildren();
      (await load([{ ...tag, 'data-visitor': visitor }])).bridge?.dispose();
      stamps.push(localStorage.getItem('live-assist-bridge')?.split(':')[0]);
    }
    expect(new Set(stamps).size).toBe(ids.length);
  });

  it('renews the stamp again after the site’s own sign-out', async () => {
    const first = await load([{ ...tag, 'data-visitor': 'u-1' }]);
    first.bridge?.forgetToken();
    const forgotten = localStorage.getItem('live-assist-bridge');
    first.bridge?.dispose();
    vi.resetModules();
    document.head.replaceChildren();
    await load([{ ...tag, 'data-visitor': 'u-1' }]);
    expect(localStorage.getItem('live-assist-bridge')).not.toBe(forgotten);
  });

  it('that is missing touches no storage, and the token is kept', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    await load([tag]);
    await call();
    await call();
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(localStorage).toHaveLength(0);
  });
});

describe('the file without its attribute', () => {
  it('warns once after the page has loaded', async () => {
    const { bridge } = await load([{ src: 'x.js' }]);
    expect(bridge).toBeUndefined();
    await new Promise((resolve) => setTimeout(resolve));
    expect(warn).not.toHaveBeenCalled();
    window.dispatchEvent(new Event('load'));
    await vi.waitFor(() =>
      expect(warn.mock.calls).toEqual([[expect.stringContaining('No data-token-endpoint')]]),
    );
    // As optimisers do for the scripts that they have delayed.
    window.dispatchEvent(new Event('load'));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(warn).toHaveBeenCalledTimes(1);
  });

  it('warns on a page that had loaded before', async () => {
    vi.spyOn(document, 'readyState', 'get').mockReturnValue('complete');
    await load([{ src: 'x.js' }]);
    expect(warn).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(warn).toHaveBeenCalledTimes(1));
  });

  it('is silent when the page makes a bridge once it has loaded', async () => {
    const { createBridge } = await load([{ src: 'x.js' }]);
    window.addEventListener('load', () => createBridge({ tokenEndpoint: '/token' }).dispose(), {
      once: true,
    });
    window.dispatchEvent(new Event('load'));
    await new Promise((resolve) => setTimeout(resolve));
    expect(warn).not.toHaveBeenCalled();
  });

  it('is silent if the page uses an earlier copy', async () => {
    const first = await load([{ src: 'x.js' }]);
    Object.assign(window, { liveAssistBridge: first });
    vi.resetModules();
    const second = await load([{ src: 'y.js' }]);
    second.createBridge({ tokenEndpoint: '/token' }).dispose();
    window.dispatchEvent(new Event('load'));
    await new Promise((resolve) => setTimeout(resolve));
    Reflect.deleteProperty(window, 'liveAssistBridge');
    expect(warn).not.toHaveBeenCalled();
  });

  it('does nothing on a server', async () => {
    vi.stubGlobal('document', undefined);
    const { bridge, createBridge, BridgeError } = await import('../../src/bridge/tag.js');
    vi.unstubAllGlobals();
    expect([bridge, typeof createBridge, typeof BridgeError]).toEqual([undefined, 'function', 'function']);
    expect(warn).not.toHaveBeenCalled();
  });
});

describe('the tag beside another copy of this file', () => {
  /** The method of a copy with version `version` of the rules. */
  function other(version: number | undefined) {
    const method = vi.fn();
    Object.assign(method, { [Symbol.for('live-assist-bridge')]: Object.assign(() => method, { version }) });
    Object.assign(window, { authoriseChatWithCallback: method });
    return method;
  }

  it.each([undefined, 0])(
    'replaces the method of an older one (version %s) and restores it',
    async (version) => {
      const older = other(version);
      const jwt = token();
      endpoint(() => answer({ token: jwt }));
      const { bridge } = await load([tag]);
      expect(await call()).toEqual([jwt]);
      expect(older).not.toHaveBeenCalled();
      expect(warn).not.toHaveBeenCalled();
      bridge?.dispose();
      expect(window.authoriseChatWithCallback).toBe(older);
    },
  );

  it('leaves the bridge that the first copy has published', async () => {
    const published = { bridge: { dispose() {} }, createBridge: () => {} };
    Object.assign(window, { liveAssistBridge: published });
    onTestFinished(() => void Reflect.deleteProperty(window, 'liveAssistBridge'));
    const { bridge } = await load([]);
    expect(bridge).toBe(published.bridge);
  });

  it.each([1, 2])('leaves the method of one of version %s', async (version) => {
    const newer = other(version);
    const { bridge } = await load([tag]);
    expect(bridge).toBeUndefined();
    expect(window.authoriseChatWithCallback).toBe(newer);
  });
});
