// @vitest-environment jsdom
import { type BridgeOptions, createBridge } from 'live-assist-bridge';
import { describe, expect, expectTypeOf, it, vi } from 'vitest';
import { answer, call, endpoint, token, tokenEndpoint } from './site.js';

const make = (options: unknown) => createBridge(options as BridgeOptions).dispose();
const fetchToken = async () => null;

describe('an option', () => {
  it.each([
    ['Give either tokenEndpoint or fetchToken.', undefined],
    ['Give either tokenEndpoint or fetchToken.', {}],
    ['Give either tokenEndpoint or fetchToken.', { tokenEndpoint, fetchToken }],
    ['Unknown option tokenEndPoint. There are tokenEndpoint, fetchToken,', { tokenEndPoint: tokenEndpoint }],
    ['Unknown option constructor.', { tokenEndpoint, constructor: 1 }],
    ['option timeout is not valid. It takes milliseconds, 100 to 9500.', { tokenEndpoint, timeout: 8 }],
    ['option timeout', { tokenEndpoint, timeout: 99 }],
    ['option timeout', { tokenEndpoint, timeout: 9501 }],
    ['option timeout', { tokenEndpoint, timeout: '8000' }],
    ['option timeout', { tokenEndpoint, timeout: Number.NaN }],
    ['option expiryMargin is not valid. It takes seconds', { tokenEndpoint, expiryMargin: -1 }],
    ['option expiryMargin', { tokenEndpoint, expiryMargin: '60' }],
    ['option expiryMargin is not valid. It takes seconds, 0 to 3600', { tokenEndpoint, expiryMargin: 3601 }],
    ['option httpMethod is not valid. It takes GET or POST.', { tokenEndpoint, httpMethod: 'PUT' }],
    ['option httpMethod', { tokenEndpoint, httpMethod: 'FORGET' }],
    ['option httpMethod', { tokenEndpoint, httpMethod: 'GETS' }],
    ['It takes omit, same-origin or include.', { tokenEndpoint, credentials: 'yes' }],
    ['option credentials', { tokenEndpoint, credentials: 'please include' }],
    ['option credentials', { tokenEndpoint, credentials: 'omitted' }],
    ['It takes a name such as auth.getToken.', { tokenEndpoint, methodName: 'a-b' }],
    ['option methodName', { tokenEndpoint, methodName: ['auth'] }],
    ...[() => '/token', {}, ['/token'], true, 5, Promise.resolve('/token')].map(
      (tokenEndpoint): [string, object] => [
        'It takes an address on this origin or with https:.',
        { tokenEndpoint },
      ],
    ),
    ['It takes headers or a function.', { tokenEndpoint, headers: 'Accept' }],
    ['It takes a name such as data.token.', { tokenEndpoint, tokenField: '' }],
    ['option tokenField', { tokenEndpoint, tokenField: '.token' }],
    ['option tokenField', { tokenEndpoint, tokenField: 'data.' }],
    ['option visitor is not valid. It takes a function.', { tokenEndpoint, visitor: 'ada' }],
    ['option onError', { tokenEndpoint, onError: true }],
    ['option fetchToken', { fetchToken: tokenEndpoint }],
    ['It takes an address on this origin or with https:.', { tokenEndpoint: 'http://' }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://shop.example/https://' }],
    ['option tokenEndpoint', { tokenEndpoint: 'ftp://shop.example/http://localhost/' }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://shop.example/token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'https://user:secret@shop.example/token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'https://secret@shop.example/token' }],
    ['option tokenEndpoint', { tokenEndpoint: `http://user:secret@${location.host}/token` }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://user.secret@localhost/token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://localhost:secret@shop.example/token' }],
    ['option tokenEndpoint', { tokenEndpoint: `${location.origin}.shop.example/token` }],
    ['option tokenEndpoint', { tokenEndpoint: 'javascript:alert(1)' }],
    ['option tokenEndpoint', { tokenEndpoint: 'data:text/plain,token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'ftp://localhost/token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://localhost.shop.example/token' }],
    ['option tokenEndpoint', { tokenEndpoint: 'http://notlocalhost/token' }],
  ])('is refused with the words %j', (words, options) => {
    const attempt = () => make(options);
    expect(attempt).toThrow(TypeError);
    expect(attempt).toThrow(words);
    expect(attempt).not.toThrow('secret');
    expect('authoriseChatWithCallback' in window).toBe(false);
  });

  it.each([
    { tokenEndpoint: '/token' },
    { tokenEndpoint: new URL(tokenEndpoint) },
    { tokenEndpoint: 'https://id.shop.example/token' },
    { tokenEndpoint: 'http://localhost:5001/token' },
    { tokenEndpoint: 'http://shop.localhost:5001/token' },
    { tokenEndpoint: 'http://127.0.0.1:5001/token' },
    { tokenEndpoint: 'http://127.0.0.53/token' },
    { tokenEndpoint, tokenField: 'jwt' },
    { tokenEndpoint: 'http://[::1]:5001/token' },
    { tokenEndpoint, fetchToken: undefined, visitor: undefined, onError: undefined, timeout: undefined },
    { fetchToken, timeout: 100, expiryMargin: 0 },
    { fetchToken, timeout: 9500, expiryMargin: 0.5, tokenField: 'data.token', credentials: 'omit' },
    { tokenEndpoint, headers: new Headers({ a: 'b' }), httpMethod: 'POST' },
  ])('is accepted: %j', (options) => {
    expect(() => make(options)).not.toThrow();
  });

  it.each([
    ['in location and in the global origin', 'http://shop.example', 'http://shop.example'],
    ['in the global origin alone, as in a srcdoc frame', 'null', 'http://shop.example'],
    ['in location alone, as in a sandboxed frame', 'http://shop.example', 'null'],
    ['in location, on a page with an origin of its own', 'http://shop.example', 'LHR'],
  ])('that is an address may be plain http on the page’s own origin, %s', (_, ofLocation, ofGlobal) => {
    vi.stubGlobal('location', { origin: ofLocation });
    vi.stubGlobal('origin', ofGlobal);
    expect(() => make({ tokenEndpoint: 'http://shop.example/token' })).not.toThrow();
    for (const address of [
      'http://other.example/token',
      'http://shop.example.other.example/token',
      'http://user:secret@shop.example/token',
      'blob:http://shop.example/3f2504e0',
      'data:text/plain,token',
    ])
      expect(() => make({ tokenEndpoint: address })).toThrow(TypeError);
    vi.unstubAllGlobals();
  });

  it('that is an address is resolved against the page at construction', async () => {
    const fetch = endpoint(() => answer(token()));
    const made = createBridge({ tokenEndpoint: 'token' });
    history.pushState(null, '', '/elsewhere/deep');
    await call();
    expect(fetch.mock.calls[0]?.[0].url).toBe(`${location.origin}/token`);
    made.dispose();
    history.pushState(null, '', '/');
  });

  it('that is a headers function is asked at every request', async () => {
    const fetch = endpoint(() => answer('', 401));
    const headers = vi.fn(async () => ({ 'X-CSRF-Token': `${headers.mock.calls.length}` }));
    const made = createBridge({ tokenEndpoint, headers });
    await call();
    await call();
    expect(fetch.mock.calls.map(([request]) => request.headers.get('X-CSRF-Token'))).toEqual(['1', '2']);
    made.dispose();
  });

  it('has a type that asks for one source, and knows its units and names', () => {
    expectTypeOf(createBridge).parameter(0).toEqualTypeOf<BridgeOptions>();
    // @ts-expect-error neither source
    const neither: BridgeOptions = { timeout: 8000 };
    // @ts-expect-error both sources
    const both: BridgeOptions = { tokenEndpoint, fetchToken };
    // @ts-expect-error a name that does not exist
    const misspelt: BridgeOptions = { tokenEndpoint, expiryMargins: 60 };
    // @ts-expect-error a method that the bridge does not speak
    const put: BridgeOptions = { tokenEndpoint, httpMethod: 'PUT' };
    for (const options of [neither, both, misspelt, put]) expect(() => make(options)).toThrow(TypeError);
  });
});
