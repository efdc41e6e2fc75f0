import { createTokenHandler } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';

const handler = createTokenHandler({
  mint: async () => 'head.payload.signature',
  visitor: () => 'ada',
  contact: () => ({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }),
  allowedOrigins: ['https://shop.example', 'http://localhost:5173', 'capacitor://localhost'],
});

/** The options of a site whose visitors are all guests. */
const nobody = { mint: async () => '', visitor: () => null, contact: () => null };

/** Marks a header that is not sent. */
const none = undefined;

const ask = (
  method: string,
  headers: Record<string, string | undefined>,
  url = 'https://site.example/token',
) =>
  handler(
    new Request(url, {
      method,
      headers: Object.entries(headers).filter(
        (header): header is [string, string] => header[1] !== undefined,
      ),
    }),
  );

describe('who may read a token', () => {
  const origins: [origin: string | undefined, isAllowed: boolean, hosts: string[]][] = [
    // origin, in allowedOrigins, the hosts it names
    [none, false, []],
    ['https://site.example', false, ['site.example', 'SITE.EXAMPLE', 'site.example:443']],
    ['http://site.example', false, ['site.example', 'SITE.EXAMPLE']],
    ['https://site.example:8443', false, ['site.example:8443']],
    ['https://www.site.example', false, []],
    ['https://site.example.evil.example', false, []],
    ['https://evil.example', false, []],
    ['https://shop.example', true, []],
    ['http://shop.example', false, []],
    ['https://shop.example:8443', false, []],
    ['http://localhost:5173', true, []],
    ['capacitor://localhost', true, []],
    ['https://site.example/', false, []],
    ['https://site.example https://shop.example', false, []],
    ['https://visitor@site.example', false, []],
    ['site.example', false, []],
    ['null', false, []],
    ['', false, []],
  ];
  const sites: [site: string | undefined, isOwn: boolean][] = [
    ['same-origin', true],
    ['none', true],
    ['same-site', false],
    ['cross-site', false],
    ['unheard-of', false],
    ['', false],
    [none, false],
  ];
  const hosts = ['site.example', 'SITE.EXAMPLE', 'site.example:443', 'site.example:8443'];
  const methods = ['GET', 'POST', 'OPTIONS', 'HEAD', 'PUT', 'DELETE', 'PATCH'];

  const rows = methods.flatMap((method) =>
    origins.flatMap(([origin, isAllowed, named]) =>
      sites.flatMap(([site, isOwn]) =>
        hosts.map((host) => {
          const mayRead = isAllowed || isOwn || (site === none && (origin === none || named.includes(host)));
          const status = { GET: 200, POST: 200, OPTIONS: 204 }[method];
          return {
            method,
            origin,
            site,
            host,
            isAllowed,
            status: status && !mayRead ? 403 : (status ?? 405),
          };
        }),
      ),
    ),
  );

  it.each(methods)('is decided by Origin, Sec-Fetch-Site and Host for %s', async (method) => {
    const wrong: unknown[] = [];
    for (const row of rows.filter((row) => row.method === method)) {
      const { origin, site, host, isAllowed, status } = row;
      const response = await ask(method, { Origin: origin, 'Sec-Fetch-Site': site, Host: host });
      const readable = response.headers.get('Access-Control-Allow-Origin');
      if (response.status !== status || readable !== (isAllowed ? origin : null))
        wrong.push({ ...row, answered: response.status, readable });
    }
    expect(wrong).toEqual([]);
  });

  it('covers every combination', () => {
    expect(rows).toHaveLength(7 * 18 * 7 * 4);
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set([200, 204, 403, 405]));
  });

  it('refuses an Origin next to a Host that is not one', async () => {
    const response = await ask('GET', { Origin: 'https://site.example', Host: 'site example' });
    expect(response.status).toBe(403);
  });

  it('uses the host of the address if no Host is sent', async () => {
    const url = 'https://site.example:8443/token';
    expect((await ask('GET', { Origin: 'https://site.example:8443' }, url)).status).toBe(200);
    expect((await ask('GET', { Origin: 'https://site.example:8443', Host: '' }, url)).status).toBe(200);
    expect((await ask('GET', { Origin: 'https://site.example' }, url)).status).toBe(403);
  });

  it('starts no look-up for a foreign page', async () => {
    const asked: Request[] = [];
    const visitor = (request: Request) => {
      asked.push(request);
      return null;
    };
    const watched = createTokenHandler({ ...nobody, visitor });
    const response = await watched(
      new Request('https://site.example/token', { headers: { Origin: 'https://evil.example' } }),
    );
    expect([response.status, await response.json()]).toEqual([403, { error: 'foreign-origin' }]);
    expect(asked).toEqual([]);
  });
});

describe('a page on an allowed origin', () => {
  it('may read the answer and its Date, with the visitor’s cookies', async () => {
    const { headers } = await ask('GET', { Origin: 'https://shop.example', 'Sec-Fetch-Site': 'cross-site' });
    expect(headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    expect(headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(headers.has('Access-Control-Allow-Methods')).toBe(false);
    expect(headers.get('Access-Control-Expose-Headers')).toMatch(
      /^Date, Age, .*X-Responded-JSON, .*CF-Cache-Status/,
    );
  });

  it('may read why there is no token', async () => {
    const signedOut = createTokenHandler({ ...nobody, allowedOrigins: ['https://shop.example'] });
    const response = await signedOut(
      new Request('https://site.example/token', { headers: { Origin: 'https://shop.example' } }),
    );
    expect(response.status).toBe(401);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
  });

  it('may send the headers it asks for', async () => {
    const response = await ask('OPTIONS', {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,x-csrf-token',
    });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('https://shop.example');
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBe('true');
    expect(response.headers.get('Access-Control-Allow-Methods')).toBe('GET, POST');
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe('authorization,x-csrf-token');
  });

  it('receives no list of headers if it requests none', async () => {
    const response = await ask('OPTIONS', {
      Origin: 'https://shop.example',
      'Access-Control-Request-Method': 'POST',
    });
    expect(response.headers.has('Access-Control-Allow-Headers')).toBe(false);
  });
});

describe('a page elsewhere', () => {
  it.each(['https://evil.example', 'null', 'https://site.example'])(
    'at %s gets no header that lets it read',
    async (origin) => {
      for (const method of ['GET', 'POST', 'OPTIONS', 'PUT']) {
        const { headers } = await ask(method, {
          Origin: origin,
          'Access-Control-Request-Headers': 'authorization',
        });
        expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([]);
      }
    },
  );
});

describe('allowedOrigins', () => {
  it.each([
    '*',
    'null',
    '',
    'shop.example',
    'https://shop.example/',
    'https://shop.example/chat',
    'https://*.shop.example',
    'https://SHOP.example',
    'https://shop.example:443',
    'https://visitor@shop.example',
    'https://shop.example https://www.shop.example',
    'https://',
    undefined,
    /shop/,
    ['https://shop.example'],
  ])('refuses %s', (origin) => {
    const options = { ...nobody, allowedOrigins: [origin as string] };
    expect(() => createTokenHandler(options)).toThrow(TypeError);
    expect(() => createTokenHandler(options)).toThrow('is not an origin');
  });

  it.each([
    'http://shop.example',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'http://10.0.0.7',
  ])('refuses %s, whose pages anybody on the way can alter', (origin) => {
    const options = { ...nobody, allowedOrigins: [origin] };
    expect(() => createTokenHandler(options)).toThrow(TypeError);
    expect(() => createTokenHandler(options)).toThrow(/without TLS.*https/);
  });

  it.each(['http://localhost', 'http://shop.localhost:5173', 'http://127.0.0.53:1', 'http://[::1]:5173'])(
    'accepts %s, whose pages come from this machine',
    (origin) => {
      const options = { ...nobody, allowedOrigins: [origin] };
      expect(() => createTokenHandler(options)).not.toThrow();
    },
  );

  it('refuses one text in place of a list', () => {
    const allowedOrigins = 'https://shop.example' as unknown as string[];
    expect(() => createTokenHandler({ ...nobody, allowedOrigins })).toThrow('not a list');
  });
});
