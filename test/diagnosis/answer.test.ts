import { type DiagnoseOptions, diagnose } from 'live-assist-bridge/server';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { faults, issuer, messageOf, pasted, seconds, token } from './diagnose-site.js';

const page = 'https://www.example.com/live-assist/token';

interface AnswerOptions {
  body?: BodyInit | null;
  status?: number;
  headers?: Record<string, string | undefined>;
  url?: string;
}

/** An answer that is right except for the given faults. */
function answer({
  body = JSON.stringify({ token: token() }),
  status = 200,
  headers = {},
  url = page,
}: AnswerOptions = {}): Response {
  const all = {
    'Content-Type': 'application/json',
    'Cache-Control': 'no-store',
    Date: new Date().toUTCString(),
    ...headers,
  };
  const present = Object.entries(all).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as [string, string]],
  );
  const response = new Response(status === 204 || status === 304 ? null : body, { status, headers: present });
  return Object.defineProperty(response, 'url', { value: url });
}

const options: DiagnoseOptions = { publicKey: pasted, issuer };
const judge = (given: AnswerOptions, more?: DiagnoseOptions) =>
  faults(answer(given), { ...options, ...more });

afterEach(() => vi.useRealTimers());

describe('diagnose, given an answer', () => {
  it('has only notes for a valid one', async () => {
    const findings = await diagnose(answer(), options);
    expect(findings.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'note valid-until',
      'note issuer-fits',
      'note key-fine',
      'note signature-fits',
    ]);
  });

  it.each<[string, AnswerOptions]>([
    ['a JSON string', { body: JSON.stringify(token()) }],
    ['text', { body: token(), headers: { 'Content-Type': 'text/plain; charset=utf-8' } }],
    [
      'text with a line break at the end',
      { body: `${token()}\r\n`, headers: { 'Content-Type': 'text/plain' } },
    ],
    ['application/jwt', { body: token(), headers: { 'Content-Type': 'application/jwt' } }],
    ['a media type of JSON', { headers: { 'Content-Type': 'application/hal+json' } }],
    ['Age: 0', { headers: { Age: '0' } }],
    ['localhost without TLS', { url: 'http://localhost:3000/token' }],
    ['no address, as of a Response made by hand', { url: '' }],
  ])('finds nothing wrong with %s', async (_, given) => {
    expect(await judge(given)).toEqual([]);
  });

  it.each<[number, AnswerOptions, string]>([
    [401, { body: '{"error":"signed-out"}' }, 'signed-out'],
    [403, { body: '{"error":"no-contact"}' }, 'no-contact'],
    [403, { body: '{ "error": "foreign-origin" }' }, 'foreign-origin'],
    [403, { body: 'Forbidden' }, 'forbidden'],
    [404, { body: '<html>' }, 'not-found'],
    [405, { headers: { Allow: 'POST' } }, 'method-refused'],
    [418, {}, 'unexpected-status'],
    [429, { headers: { 'Retry-After': '120' } }, 'rate-limited'],
    [500, {}, 'endpoint-failed'],
    [503, {}, 'endpoint-failed'],
    [520, {}, 'endpoint-failed'],
    [204, {}, 'empty-answer'],
    [304, {}, 'not-modified'],
    [302, { headers: { Location: '/login?next=%2Ftoken' } }, 'redirected-to-login'],
    [
      302,
      { headers: { Location: 'https://login.microsoftonline.com/x/oauth2/authorize?state=1' } },
      'redirected-to-login',
    ],
    [308, { headers: { Location: `${page}/` } }, 'redirected-to-final-address'],
    [301, { headers: { Location: page.replace('www.', '') } }, 'redirected-to-final-address'],
    [301, { headers: { Location: '/elsewhere' } }, 'redirected'],
    [302, {}, 'redirected'],
    [302, { headers: { Location: '/login' }, url: '' }, 'redirected-to-login'],
  ])('explains %i with %o', async (status, given, code) => {
    expect(await judge({ ...given, status })).toEqual([code]);
  });

  it.each([401, 403])('says that a cache gives a refusal (%i) to everybody', async (status) => {
    const headers = { Age: '120', 'Cache-Control': 'public, max-age=600' };
    const codes = await judge({ status, headers, body: '{}' });
    expect(codes).toEqual(expect.arrayContaining(['cached-answer', 'shared-cacheable']));
  });

  it('names what a final address has that the endpoint lacks', async () => {
    const from = (url: string) =>
      messageOf(
        'redirected-to-final-address',
        answer({ status: 301, headers: { Location: `${page}/` }, url }),
      );
    expect(await from('http://example.com/live-assist/token')).toContain(
      'over https and with www and with a slash',
    );
    expect(await from(page)).toContain('the same address with a slash at the end');
  });

  it('shows no query of a redirect, which may hold a secret', async () => {
    const given = answer({
      status: 302,
      headers: { Location: '/login;jsessionid=Secret?ticket=Secret#Secret' },
    });
    expect(await messageOf('redirected-to-login', given)).not.toContain('Secret');
  });

  it('explains an answer that a browser hides', async () => {
    const hidden = (type: string) => Object.defineProperties(Response.error(), { type: { value: type } });
    expect(await faults(hidden('opaque'))).toEqual(['opaque-answer']);
    expect(await faults(hidden('opaqueredirect'))).toEqual(['redirected']);
  });

  it('notices that somebody followed a redirect before', async () => {
    expect(await faults(Object.defineProperty(answer(), 'redirected', { value: true }), options)).toEqual([
      'redirected',
    ]);
  });

  it.each<[string, AnswerOptions, string[]]>([
    ['an empty body', { body: ' ' }, ['empty-answer']],
    [
      'a sign-in page with 200',
      { body: '<!doctype html><input type="password">', headers: { 'Content-Type': 'text/html' } },
      ['login-page'],
    ],
    [
      'a page with a token in it',
      { body: `<!doctype html><p>${token()}`, headers: { 'Content-Type': 'text/html' } },
      ['html-page'],
    ],
    ['a field with a dot', { body: JSON.stringify({ 'a.b': token() }) }, ['token-field-dotted']],
    ['a list', { body: JSON.stringify([{ token: token() }]) }, ['list-answer']],
    ['JSON without the field', { body: '{"name":"x","user":{"id":1}}' }, ['token-field-missing']],
    ['a list', { body: '[]' }, ['list-answer']],
    ['null for all of the answer', { body: 'null' }, ['value-missing']],
    ['true for all of the answer', { body: ' true\n' }, ['value-missing']],
    ['a number called text', { body: '7', headers: { 'Content-Type': 'text/plain' } }, ['not-a-token']],
    [
      'two tokens in the field',
      { body: JSON.stringify({ token: `${token()},${token()}` }) },
      ['several-tokens'],
    ],
    [
      'a host that begins like a token',
      { body: '{"host":"eyewear-shop.something.com"}' },
      ['token-field-missing'],
    ],
    [
      'the token in another field',
      { body: JSON.stringify({ access: { jwt: token() } }) },
      ['other-token-field'],
    ],
    [
      'two tokens, none in the field',
      { body: JSON.stringify({ id_token: token(), access_token: token() }) },
      ['token-field-missing'],
    ],
    ['an object in the field', { body: '{"token":{"a":1}}' }, ['token-not-text']],
    ['null in the field', { body: '{"token":null}' }, ['signed-out']],
    ['a refusal with 200', { body: '{"error":"no-contact"}' }, ['no-contact']],
    [
      'broken JSON',
      { body: 'Warning: x {"token":', headers: { 'Content-Type': 'text/plain' } },
      ['not-a-token'],
    ],
    ['JSON cut short', { body: '{"token":"e' }, ['json-broken']],
    ['a wrong content type', { headers: { 'Content-Type': 'text/html' } }, ['content-type']],
    [
      'no content type',
      {
        body: new TextEncoder().encode(JSON.stringify({ token: token() })),
        headers: { 'Content-Type': undefined },
      },
      ['content-type'],
    ],
    ['a bare token called JSON', { body: token() }, ['content-type']],
    ['Bearer in the field', { body: JSON.stringify({ token: `Bearer ${token()}` }) }, ['bearer-prefix']],
    [
      'a token serialised twice',
      { body: JSON.stringify({ token: JSON.stringify(token()) }) },
      ['token-quoted-in-answer'],
    ],
    ['plain http', { url: 'http://www.example.com/token' }, ['not-https']],
  ])('recognises %s', async (_, given, codes) => {
    expect((await judge(given)).toSorted()).toEqual(codes.toSorted());
  });

  it('names the existing fields, never their values', async () => {
    const message = await messageOf(
      'token-field-missing',
      answer({ body: JSON.stringify({ user: 'Secret', [`Secret${'x'.repeat(40)}`]: 1 }) }),
    );
    expect(message).toContain('"user"');
    expect(message).not.toContain('Secret');
  });

  it('names the path for the bridge’s tokenField, and follows it', async () => {
    const body = JSON.stringify({ access: { jwt: token() } });
    expect(await messageOf('other-token-field', answer({ body }))).toContain('"access.jwt"');
    expect(await judge({ body }, { tokenField: 'access.jwt' })).toEqual([]);
  });

  it('survives a body that breaks off or has no end', async () => {
    const broken = new ReadableStream({ pull: (stream) => stream.error(new Error('reset')) });
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(100_000)) });
    expect(await judge({ body: broken })).toEqual(['answer-incomplete']);
    expect(await judge({ body: endless })).toEqual(['answer-too-long']);
  });

  it('asks for an unread response', async () => {
    const read = answer();
    await read.text();
    await expect(diagnose(read)).rejects.toThrow(/clone\(\)/);
  });
});

describe('diagnose, given caching headers', () => {
  it.each<[Record<string, string | undefined>, string[]]>([
    [{ Age: '5' }, ['cached-answer']],
    [{ 'X-Cache': 'Hit from cloudfront' }, ['cached-answer']],
    [{ 'CF-Cache-Status': 'HIT' }, ['cached-answer']],
    [{ 'Cache-Status': 'ExampleCache; hit' }, ['cached-answer']],
    [{ 'Cache-Status': 'ExampleCache; fwd=stale; fwd-status=200' }, []],
    [{ 'X-Cache': 'TCP_HIT' }, ['cached-answer']],
    [{ 'X-Cache': 'TCP_MEM_HIT from a23-45-67-89 (AkamaiGHost)' }, ['cached-answer']],
    [{ 'X-Cache': 'RefreshHit from cloudfront' }, ['cached-answer']],
    [{ 'X-Cache': 'TCP_MISS' }, []],
    [{ 'CF-Cache-Status': 'STALE' }, ['cached-answer']],
    [{ 'CF-Cache-Status': 'REVALIDATED' }, ['cached-answer']],
    [{ 'CF-Cache-Status': 'DYNAMIC' }, []],
    [{ 'X-Vercel-Cache': 'STALE' }, ['cached-answer']],
    [{ 'X-LiteSpeed-Cache': 'hit' }, ['cached-answer']],
    [{ 'X-Proxy-Cache': 'HIT' }, ['cached-answer']],
    [{ 'CDN-Cache-Control': 'public, max-age=600' }, ['shared-cacheable']],
    [{ 'Surrogate-Control': 'max-age=600' }, ['shared-cacheable']],
    [{ 'CDN-Cache-Control': 'no-store' }, []],
    [{ 'Cache-Control': 'public', 'CDN-Cache-Control': 'no-store', Vary: 'Cookie' }, ['shared-cacheable']],
    [{ 'CDN-Cache-Control': 'max-age=60', 'Surrogate-Control': 'no-store' }, ['shared-cacheable']],
    [{ 'X-Cache': 'MISS' }, []],
    [{ 'Cache-Control': undefined }, ['not-no-store', 'vary']],
    [{ 'Cache-Control': 'private, max-age=60', Vary: 'Cookie' }, ['not-no-store']],
    [{ 'Cache-Control': 'no-cache', Vary: 'Authorization' }, ['not-no-store']],
    [{ 'Cache-Control': 'no-cache, max-age=60', Vary: 'Cookie' }, ['not-no-store']],
    [
      { 'Cache-Control': 'no-cache', Expires: 'Fri, 31 Dec 2100 00:00:00 GMT', Vary: 'Cookie' },
      ['not-no-store'],
    ],
    [{ 'Cache-Control': 'max-age=0', Vary: '*' }, ['not-no-store']],
    [{ 'Cache-Control': 'public, max-age=60', Vary: 'Cookie' }, ['shared-cacheable']],
    [{ 'Cache-Control': 'max-age=60', Vary: 'Cookie' }, ['shared-cacheable']],
    [{ 'Cache-Control': 'private, s-maxage="60"', Vary: 'Cookie' }, ['shared-cacheable']],
    [
      { 'Cache-Control': undefined, Expires: 'Fri, 31 Dec 2100 00:00:00 GMT', Vary: 'Cookie' },
      ['shared-cacheable'],
    ],
    [{ 'Cache-Control': 'Private, NO-STORE, max-age=0' }, []],
  ])('judges %o: %o', async (headers, codes) => {
    expect((await judge({ headers })).toSorted()).toEqual(codes.toSorted());
  });

  it('finds Vary without Origin if the answer depends on it', async () => {
    const cors = {
      'Access-Control-Allow-Origin': 'https://a.example',
      'Access-Control-Allow-Credentials': 'true',
    };
    const headers = { ...cors, 'Cache-Control': 'private', Vary: 'Cookie' };
    expect(await judge({ headers })).toEqual(['not-no-store', 'vary']);
    expect(await judge({ headers: { ...headers, Vary: 'Cookie, Origin' } })).toEqual(['not-no-store']);
  });
});

describe('diagnose, given CORS headers', () => {
  const origin = 'https://shop.example';
  const fine = {
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Allow-Credentials': 'true',
    'Access-Control-Expose-Headers': 'Date, Age',
  };
  it.each<[Record<string, string | undefined>, string | undefined, string[]]>([
    [fine, origin, []],
    [fine, undefined, []],
    [fine, 'https://other.example', ['cors-origin-refused']],
    [{}, origin, ['cors-origin-refused']],
    [{}, new URL(page).origin, []],
    [{ ...fine, 'Access-Control-Allow-Origin': '*' }, undefined, ['cors-any-origin']],
    [{ ...fine, 'Access-Control-Allow-Origin': '*' }, origin, ['cors-any-origin']],
    [{ ...fine, 'Access-Control-Allow-Origin': 'null' }, undefined, ['cors-null-origin']],
    [{ ...fine, 'Access-Control-Allow-Origin': `${origin}/` }, undefined, ['cors-malformed']],
    [{ ...fine, 'Access-Control-Allow-Origin': `${origin}, ${origin}` }, undefined, ['cors-malformed']],
    [{ ...fine, 'Access-Control-Allow-Origin': 'shop.example' }, undefined, ['cors-malformed']],
    [{ ...fine, 'Access-Control-Allow-Origin': 'capacitor://localhost' }, 'capacitor://localhost', []],
    [{ ...fine, 'Access-Control-Allow-Credentials': undefined }, origin, ['cors-no-credentials']],
    [{ ...fine, 'Access-Control-Allow-Credentials': 'True' }, origin, ['cors-no-credentials']],
  ])('judges %o for a page of %s: %o', async (headers, from, codes) => {
    expect(await judge({ headers }, { origin: from })).toEqual(codes);
  });

  it('notes that Date cannot be read', async () => {
    const found = await diagnose(
      answer({ headers: { ...fine, 'Access-Control-Expose-Headers': undefined } }),
      options,
    );
    expect(found.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['date-not-exposed', 'age-not-exposed']),
    );
  });
});

describe('diagnose, given the server’s clock', () => {
  const aged = (seconds_: number, life: number) => {
    const iat = seconds() - seconds_;
    return JSON.stringify({ token: token({ iat, exp: iat + life }) });
  };
  const clock = (ahead: number) => ({ Date: new Date(Date.now() + ahead * 1000).toUTCString() });

  it('compares the times with Date, not with the clock here', async () => {
    const iat = seconds() + 3600;
    const body = JSON.stringify({ token: token({ iat, exp: iat + 7200 }) });
    expect(await judge({ body, headers: clock(3600) })).toEqual(['server-clock']);
    expect(await judge({ body })).toEqual(['issued-in-future']);
  });

  it.each([
    [3600, 'ahead of'],
    [-7200, 'behind'],
  ])('says by how much it differs (%i)', async (ahead, words) => {
    expect(await messageOf('server-clock', answer({ headers: clock(ahead) }))).toMatch(
      new RegExp(`${words} the one`),
    );
  });

  it('adds Age to Date', async () => {
    expect(await judge({ headers: { ...clock(-300), Age: '300' } })).toEqual(['cached-answer']);
  });

  it('recognises a token that expired before it was answered', async () => {
    expect(await judge({ body: aged(7500, 7200) })).toEqual(['expired-on-arrival', 'old-on-arrival']);
  });

  it('recognises a token the server kept', async () => {
    expect(await judge({ body: aged(1000, 7200) })).toEqual(['old-on-arrival']);
    expect(await judge({ body: aged(30, 7200) })).toEqual([]);
  });

  it('treats a token that is whole hours old as one dated in local time', async () => {
    expect(await messageOf('expired-on-arrival', answer({ body: aged(18_000, 7200) }))).toContain(
      'time zone',
    );
  });

  it('uses the clock here when there is no Date, and says so', async () => {
    const found = await diagnose(answer({ headers: { Date: undefined } }), options);
    expect(found.map(({ level, code }) => `${level} ${code}`)).toContain('note date-missing');
    expect(found.every(({ level }) => level === 'note')).toBe(true);
  });
});

describe('diagnose, given the text of an answer saved with its headers', () => {
  const answered = Date.UTC(2031, 4, 6, 12);
  const iat = answered / 1000;
  const later = (seconds: number) => vi.useFakeTimers({ now: answered + seconds * 1000, toFake: ['Date'] });
  const saved = (headers: Record<string, string> = {}, claims: Record<string, unknown> = {}) => {
    const head = {
      'Content-Type': 'application/json',
      'Cache-Control': 'no-store',
      Date: new Date(answered).toUTCString(),
      ...headers,
    };
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
    const body = JSON.stringify({ token: token({ iat, exp: iat + 7200, ...claims }) });
    return ['HTTP/1.1 200 OK', ...lines, '', body].join('\r\n');
  };

  it('finds nothing wrong with a valid one, and does not blame a clock for its age', async () => {
    later(150);
    const findings = await diagnose(saved(), options);
    expect(findings.map(({ level, code }) => `${level} ${code}`)).toEqual([
      'note saved-answer',
      'note valid-until',
      'note issuer-fits',
      'note key-fine',
      'note signature-fits',
    ]);
    later(5 * 3600);
    expect(await messageOf('saved-answer', saved())).toMatch(
      /According to its Date header, this answer was saved 5 hours ago\./,
    );
    later(30);
    expect((await diagnose(saved(), options)).map(({ code }) => code)).not.toContain('saved-answer');
  });

  it('says that the token has expired since, by the clock here', async () => {
    later(5 * 3600);
    expect(await faults(saved(), options)).toEqual(['expired-since']);
    expect(await messageOf('expired-since', saved())).toContain('3 hours ago (2031-05-06 14:00:00 UTC)');
    expect((await diagnose(saved(), options)).map(({ code }) => code)).not.toContain('valid-until');
  });

  it('judges by the Date what was wrong when it was answered', async () => {
    later(5 * 3600);
    const long = { exp: iat + 80_000 };
    expect(await faults(saved({}, { ...long, iat: iat - 600 }), options)).toEqual(['old-on-arrival']);
    expect(await faults(saved({}, { ...long, iat: iat + 600 }), options)).toEqual(['issued-in-future']);
    expect(await faults(saved({}, { ...long, nbf: iat + 600 }), options)).toEqual(['not-yet-valid']);
    expect(await faults(saved({}, { iat: iat - 7300, exp: iat - 100 }), options)).toEqual([
      'expired-on-arrival',
      'old-on-arrival',
    ]);
    const expires = {
      'Cache-Control': 'x',
      Vary: 'Cookie',
      Expires: new Date(answered + 60_000).toUTCString(),
    };
    expect(await faults(saved(expires, long), options)).toEqual(['shared-cacheable']);
  });

  it('blames a clock that is ahead, because no answer is saved before it is given', async () => {
    later(-3600);
    expect(await faults(saved(), options)).toEqual(['server-clock']);
    expect(await messageOf('server-clock', saved())).toContain('at least 60 minutes ahead of');
  });

  it('does not guess the time of the answer without a Date', async () => {
    later(7300);
    const undated = saved().replace(/Date: .*\r\n/, '');
    expect(await faults(undated, options)).toEqual(['expired']);
    later(3600);
    expect(await faults(undated, options)).toEqual([]);
  });

  it.each([
    'HTTP/2 200\nContent-Type: application/json\nCache-Control: no-store\nContent-Length: 700\n\n',
    '\nHTTP/2 200\nCache-Control: no-store',
    'HTTP/1.1 405 Method Not Allowed\nAllow: GET, POST, OPTIONS\n\n',
    'HTTP/1.1 501 Not Implemented\n\n',
  ])('recognises what curl -I saved: %j', async (text) => {
    expect(await faults(text)).toEqual(['headers-alone']);
    expect(await messageOf('headers-alone', text)).toContain('curl -i');
  });

  it('treats a refusal without a body as a refusal if the method does not matter', async () => {
    expect(await faults('HTTP/2 401\n\n')).toEqual(['signed-out']);
    expect(await faults('HTTP/2 405\nAllow: POST\n\n')).toEqual(['method-refused']);
    expect(await faults('HTTP/2 204\n\n')).toEqual(['empty-answer']);
  });
});
