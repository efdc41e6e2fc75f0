// @vitest-environment jsdom
import { describe, expect, it, onTestFinished } from 'vitest';
import { answer, bridge, call, endpoint, failure, token } from './site.js';

describe('an answer with a token', () => {
  const jwt = token();
  it.each([
    ['JSON with the token field', { token: jwt }, {}],
    ['JSON with a nested field', { data: { jwt } }, { tokenField: 'data.jwt' }],
    ['JSON with white space around the token', { token: ` ${jwt}\n` }, {}],
    ['a JSON string', JSON.stringify(jwt), {}],
    ['text with a trailing newline', `${jwt}\n`, {}],
    ['JSON after a byte order mark', `\uFEFF{"token":"${jwt}"}`, {}],
    ['a token 20 kB long', token({ note: 'x'.repeat(15_000) }), {}],
    ['a token with names beyond ASCII', token({ given_name: 'Zoë', family_name: '李' }), {}],
    ['a token with fractional times', token({ iat: Date.now() / 1000, exp: Date.now() / 1000 + 60.5 }), {}],
  ])('is accepted as %s', async (_, body, options) => {
    endpoint(() => answer(body));
    const { errors } = bridge(options);
    const answered = await call();
    expect(answered).toHaveLength(1);
    expect(JSON.stringify(body)).toContain(answered[0]);
    expect(errors).toEqual([]);
  });

  it('is requested with an explicit Accept, without caches, and without following redirects', async () => {
    const fetch = endpoint(() => answer({ token: jwt }));
    bridge({ headers: () => ({ 'X-Shop': 'seven' }), httpMethod: 'POST', credentials: 'include' });
    await call();
    const request = fetch.mock.calls[0]?.[0];
    expect(request).toMatchObject({
      method: 'POST',
      cache: 'no-store',
      redirect: 'manual',
      credentials: 'include',
    });
    expect(request?.headers.get('Accept')).toMatch(/^application\/json/);
    expect(request?.headers.get('X-Shop')).toBe('seven');
  });

  it.each([
    ['GET', true],
    ['POST', false],
  ] as const)(
    'is requested from another origin by %s, past preloaded answers: %s',
    async (httpMethod, keepalive) => {
      const fetch = endpoint(() => answer({ token: jwt }));
      bridge({ tokenEndpoint: 'https://api.example/token', httpMethod });
      await call();
      expect(fetch.mock.calls[0]?.[0]).toMatchObject({ keepalive, mode: 'cors' });
      expect(fetch.mock.calls[0]?.[0].headers.has('X-Requested-With')).toBe(false);
    },
  );

  it.each([
    ['GET', '/token', /\/token\?_=\d+$/],
    ['GET', '/token?a_=1', /\/token\?a_=1&_=\d+$/],
    ['GET', '/token?_=1', /\/token\?_=1$/],
    ['GET', '/token?a=1&_', /\/token\?a=1&_$/],
    ['GET', '/token?_&a=1', /\/token\?_&a=1$/],
    ['POST', '/token', /\/token$/],
  ] as const)('is requested past a service worker: %s %s', async (httpMethod, tokenEndpoint, address) => {
    Object.defineProperty(navigator, 'serviceWorker', { value: { controller: {} }, configurable: true });
    onTestFinished(() => void Reflect.deleteProperty(navigator, 'serviceWorker'));
    const fetch = endpoint(() => answer({ token: jwt }));
    bridge({ tokenEndpoint: `http://localhost:3000${tokenEndpoint}`, httpMethod });
    await call();
    expect(fetch.mock.calls[0]?.[0].url).toMatch(address);
  });

  it('is requested with the site’s own Accept, if there is one', async () => {
    const fetch = endpoint(() => answer({ token: jwt }));
    bridge({ headers: { accept: 'application/jwt' } });
    await call();
    expect(fetch.mock.calls[0]?.[0].headers.get('Accept')).toBe('application/jwt');
  });
});

describe('an answer of the token endpoint', () => {
  const jwt = token();
  const [header, payload, signature] = jwt.split('.');
  it.each([
    ['not-a-token', /empty/, answer('')],
    ['not-a-token', /empty/, answer(null, 204)],
    ['not-a-token', /empty/, answer({ token: '' })],
    ['not-a-token', /empty/, answer('""')],
    ['not-a-token', /HTML page/, answer('<!doctype html><title>Sign in</title>')],
    ['not-a-token', /HTML page/, answer(`\n <html>${jwt}</html>`)],
    ['not-a-token', /Bearer/, answer(`Bearer ${jwt}`)],
    ['not-a-token', /Bearer/, answer({ token: `bearer ${jwt}` })],
    ['not-a-token', /no text in token, only access_token,expires/, answer({ access_token: jwt, expires: 9 })],
    ['not-a-token', /no text in token/, answer({ token: { token: jwt } })],
    ['not-a-token', /no text in token/, answer({ token: 7 })],
    ['not-a-token', /^The answer has no text in token\. Set tokenField/, answer('{}')],
    ['not-a-token', /JWT/, answer('{"token":')],
    ['not-a-token', /JWT/, answer({ token: 'the bearer of this' })],
    ['not-a-token', /JWT/, answer(`[${JSON.stringify(jwt)}]`)],
    ['not-a-token', /JWT/, answer('null')],
    ['not-a-token', /JWT/, answer(`${header}.${payload}`)],
    ['not-a-token', /JWT/, answer(`${jwt}.${signature}`)],
    ['not-a-token', /JWT/, answer(`${header}.${payload}.`)],
    ['not-a-token', /JWT/, answer(`${header}.${payload}!.${signature}`)],
    ['not-a-token', /JWT/, answer(`${header}.a.${signature}`)],
    ['not-a-token', /JWT/, answer(`${jwt} ${jwt}`)],
    ['not-a-token', /JWT/, answer(`${header}.${Buffer.from('[1]').toString('base64url')}.${signature}`)],
    ['not-a-token', /JWT/, answer(`${header}.${Buffer.from('null').toString('base64url')}.${signature}`)],
    ['not-a-token', /JWT/, answer(`${Buffer.from('"RS256"').toString('base64url')}.${payload}.${signature}`)],
    [
      'not-a-token',
      /JWT/,
      answer(`${header}.${Buffer.from('{"sub":"\xff"}', 'latin1').toString('base64url')}.c2ln`),
    ],
    ['not-a-token', /RS256/, answer(token({}, { alg: 'none' }))],
    ['not-a-token', /RS256/, answer(token({}, { alg: 'HS256' }))],
    ['not-a-token', /RS256/, answer(token({}, {}))],
    ['wrong-claims', /sub/, answer(token({ sub: undefined }))],
    ['wrong-claims', /sub/, answer(token({ sub: '' }))],
    ['wrong-claims', /sub/, answer(token({ sub: 7 }))],
    ['wrong-claims', /iat is missing/, answer(token({ iat: undefined }))],
    ['wrong-claims', /exp is missing/, answer(token({ exp: undefined }))],
    ['wrong-claims', /iat is in milliseconds/, answer(token({ iat: Date.now() }))],
    ['wrong-claims', /exp is in milliseconds/, answer(token({ exp: Date.now() + 7_200_000 }))],
    ['wrong-claims', /iat is not a number/, answer(token({ iat: `${Date.now() / 1000}` }))],
    ['wrong-claims', /exp is not a number/, answer(token({ exp: '4102444800' }))],
    ['wrong-claims', /exp is not a number/, answer(token({ exp: null }))],
    [
      'token-expired',
      /on arrival/,
      answer(token({ iat: Date.now() / 1000 - 99, exp: Date.now() / 1000 - 9 })),
    ],
    ['token-expired', /on arrival/, answer(token({ iat: 1_700_000_000, exp: 1_700_000_000 }))],
    [
      'token-expired',
      /on arrival/,
      answer(token({ iat: 1_700_000_000, exp: 1_700_000_009 }), 200, {
        Date: new Date(1_700_000_009_000).toUTCString(),
      }),
    ],
    ['cached-answer', /no-store/, answer({ token: jwt }, 200, { Age: '5' })],
    ['cached-answer', /no-store/, answer({ token: jwt }, 200, { Age: '0, 10' })],
    ['signed-out', /signed in/, answer({ token: null })],
    ['signed-out', /signed in/, answer({ error: 'signed-out' })],
    ['no-contact', /CRM/, answer({ error: 'no-contact' })],
    ['forbidden', /refused.*allowed origins/, answer({ error: 'foreign-origin' })],
    ['endpoint-failed', /^The answer reports errors\. .* log/, answer({ errors: [{ message: 'x' }] })],
    ['signed-out', /signed in/, answer('no', 401)],
    ['signed-out', /signed in/, answer({ error: 'signed-out' }, 403)],
    ['no-contact', /CRM/, answer({ error: 'no-contact' }, 403)],
    ['forbidden', /403/, answer({ error: 'foreign-origin' }, 403)],
    ['forbidden', /403/, answer('null', 403)],
    ['endpoint-failed', /404/, answer({ error: 'no-contact' }, 404)],
    ['endpoint-failed', /400.*log/, answer('', 400)],
    ['redirected', /sign-in page.*final address/, answer(null, 302, { Location: '/login' })],
    ['redirected', /sign-in page.*final address/, answer(null, 300, { Location: '/choices' })],
    ['endpoint-failed', /304.*log/, answer(null, 304)],
    ['redirected', /sign-in page.*final address/, answer(null, 308, { Location: '/token/' })],
  ] as [string, RegExp, Response][])('is refused as %s: %s', async (code, message, body) => {
    const fetch = endpoint(() => body);
    const { errors } = bridge();
    expect(await call()).toEqual(failure);
    expect(errors).toEqual([{ code, message: expect.stringMatching(message) }]);
    expect(errors[0]?.message).toMatch(/^[A-Z].+\. .+\.$|^headers/);
    expect(errors[0]?.message).not.toContain(payload);
    expect(fetch).toHaveBeenCalledOnce();
  });

  it('of age 0 is fresh', async () => {
    endpoint(() => answer({ token: jwt }, 200, { Age: '0' }));
    bridge();
    expect(await call()).toEqual([jwt]);
  });

  it('may arrive in parts that end within a character', async () => {
    const bytes = Buffer.from(JSON.stringify({ clé: jwt }));
    const parts = [bytes.subarray(0, 5), bytes.subarray(5)];
    const pull = (body: ReadableStreamDefaultController) => {
      const part = parts.shift();
      if (part) body.enqueue(part);
      else body.close();
    };
    endpoint(() => new Response(new ReadableStream({ pull })));
    bridge({ tokenField: 'clé' });
    expect(await call()).toEqual([jwt]);
  });

  it('names properties only if they look like names', async () => {
    endpoint(() => answer({ [jwt]: 1, 'a b': 2, jwt_token: 3 }));
    const { errors } = bridge();
    await call();
    expect(errors[0]?.message).toContain('only jwt_token.');
  });

  it('names no more properties than fit a line', async () => {
    endpoint(() =>
      answer(Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`user-${index}`, 1]))),
    );
    const { errors } = bridge();
    await call();
    expect(errors[0]?.message).toContain('user-8.');
  });

  it('does not look for the field among inherited properties', async () => {
    endpoint(() => answer({ a: 1 }));
    const { codes } = bridge({ tokenField: 'toString.name' });
    await call();
    expect(codes()).toEqual(['not-a-token']);
  });

  it('says the status of the answer in the error', async () => {
    endpoint(() => answer('', 404));
    await expect(bridge().getToken()).rejects.toMatchObject({
      name: 'BridgeError',
      code: 'endpoint-failed',
      status: 404,
    });
  });

  it('is not read beyond the length of any token', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 1;
        controller.enqueue(new TextEncoder().encode('x'.repeat(100_000)));
        if (sent > 500) controller.close();
      },
    });
    endpoint(() => new Response(body));
    const { errors } = bridge();
    expect(await call()).toEqual(failure);
    expect(errors).toEqual([{ code: 'not-a-token', message: expect.stringMatching(/JWT/) }]);
    expect(sent).toBeLessThan(50);
  });

  it('is not taken for a token because its beginning looks like one', async () => {
    endpoint(() => answer(`${jwt}${'A'.repeat(2e6)}`));
    const { codes } = bridge();
    expect(await call()).toEqual(failure);
    expect(codes()).toEqual(['not-a-token']);
  });

  it('is requested again by the next call', async () => {
    endpoint(
      () => answer('', 404),
      () => answer({ token: jwt }),
    );
    bridge();
    expect(await call()).toEqual(failure);
    expect(await call()).toEqual([jwt]);
  });
});

describe('the site’s own function', () => {
  it('receives a signal, and its result is handed over', async () => {
    const jwt = token();
    bridge({ fetchToken: async (signal) => (signal.aborted ? null : jwt) });
    expect(await call()).toEqual([jwt]);
  });

  it.each([
    ['signed-out', /^Nobody is signed in/, async () => null],
    ['not-a-token', /^fetchToken returned no text\./, async () => undefined],
    ['not-a-token', /^fetchToken returned no text\./, async () => ({ token: 'a secret' })],
    ['endpoint-failed', /^fetchToken threw\./, () => Promise.reject(new Error('a secret'))],
    [
      'endpoint-failed',
      /^fetchToken threw\./,
      () => {
        throw new Error('a secret');
      },
    ],
  ])('is refused as %s (%s) and asked once', async (code, message, fetchToken) => {
    const asked: unknown[] = [];
    const { errors } = bridge({
      fetchToken: (signal) => {
        asked.push(signal);
        return fetchToken() as Promise<never>;
      },
    });
    expect(await call()).toEqual(failure);
    expect(asked).toHaveLength(1);
    expect(errors).toMatchObject([{ code }]);
    expect(errors[0]?.message).toMatch(message);
    expect(String(errors)).not.toContain('secret');
  });

  it('may give headers that cannot be sent', async () => {
    const fetch = endpoint(() => answer({ token: token() }));
    const { errors } = bridge({ headers: () => ({ 'X-Name': 'Zoë – VIP' }) });
    expect(await call()).toEqual(failure);
    expect(errors).toMatchObject([{ code: 'endpoint-failed' }]);
    expect(errors[0]?.message).toMatch(/^headers returned an invalid header\./);
    expect(fetch).not.toHaveBeenCalled();
  });

  it('may also fail because of its headers', async () => {
    const fetch = endpoint(() => answer(token()));
    const { errors } = bridge({
      headers: () => {
        throw new Error('a secret');
      },
    });
    expect(await call()).toEqual(failure);
    expect(errors).toMatchObject([{ code: 'endpoint-failed' }]);
    expect(errors[0]?.message).toMatch(/^headers threw\./);
    expect(fetch).not.toHaveBeenCalled();
  });
});
