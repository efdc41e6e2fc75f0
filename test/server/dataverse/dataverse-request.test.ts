import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import {
  createDataverseContacts,
  type DataverseError,
  type DataverseOptions,
} from 'live-assist-bridge/server';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDataverse } from './dataverse-server.js';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const crm = await startDataverse([{ contactid: id, firstname: 'Ada', lastname: 'Lovelace', statecode: 0 }]);
const ada = { id, givenName: 'Ada', familyName: 'Lovelace' };

type Options = Extract<DataverseOptions, { credential?: undefined }>;
const lookUp = (options: Partial<Options> = {}) =>
  createDataverseContacts({ url: crm.url, accessToken: () => 'valid', ...options }).byId(id);

const failure = async (looking: Promise<unknown>): Promise<DataverseError> => {
  const error = await looking.then(
    () => new Error('It was found.'),
    (reason) => reason,
  );
  expect(error).toMatchObject({ name: 'DataverseError' });
  return error;
};

const status =
  (code: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(code, headers);
    response.end('{"error":{"message":"no"}}');
  };

beforeEach(() => {
  crm.requests.splice(0);
  crm.faults.splice(0);
});
afterAll(() => crm.stop());

describe('the access token', () => {
  it('is sent as a bearer token', async () => {
    expect(await lookUp({ accessToken: async () => 'valid' })).toEqual(ada);
    expect(crm.requests[0]?.headers).toMatchObject({
      authorization: 'Bearer valid',
      accept: 'application/json',
      'odata-version': '4.0',
      'odata-maxversion': '4.0',
    });
  });

  it('is renewed once after a 401', async () => {
    const accessToken = vi.fn(({ renew }: { renew: boolean }) => (renew ? 'valid' : 'stale'));
    expect(await lookUp({ accessToken })).toEqual(ada);
    expect(accessToken.mock.calls).toEqual([[{ renew: false }], [{ renew: true }]]);
  });

  it('is not renewed a second time', async () => {
    const accessToken = vi.fn(({ renew }: { renew: boolean }) => (renew ? 'revoked' : 'stale'));
    expect(await failure(lookUp({ accessToken }))).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(accessToken).toHaveBeenCalledTimes(2);
    expect(crm.requests).toHaveLength(2);
  });

  it('is not sent again when it is still the same', async () => {
    expect(await failure(lookUp({ accessToken: () => 'revoked' }))).toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/^Dynamics refused the access token, .*\. Is the token issued for/),
    });
    expect(crm.requests).toHaveLength(1);
  });

  it('is not renewed beyond the number of requests for one look-up', async () => {
    const busy = status(429, { 'Retry-After': '0' });
    crm.faults.push(busy, busy, busy, status(401), status(401));
    const accessToken = ({ renew }: { renew: boolean }) => (renew ? 'other' : 'valid');
    expect(await failure(lookUp({ accessToken }))).toMatchObject({ code: 'unauthorized' });
    expect(crm.requests).toHaveLength(4);
  });

  it('is still the renewed one while Dynamics asks to wait', async () => {
    crm.faults.push(status(401), status(429, { 'Retry-After': '0' }));
    const accessToken = vi.fn(({ renew }: { renew: boolean }) => (renew ? 'valid' : 'stale'));
    expect(await lookUp({ accessToken })).toEqual(ada);
    expect(accessToken).toHaveBeenCalledTimes(2);
  });

  it.each(['', 'Bearer valid', 'va lid', 'valid\n', '5ecr3t\u0000', undefined, null, { token: '5ecr3t' }])(
    'is refused, and not quoted, when it is %j',
    async (token) => {
      const looking = lookUp({ accessToken: () => token as string });
      await expect(looking).rejects.toThrow(TypeError);
      await expect(looking).rejects.toThrow(/without "Bearer"/);
      await expect(looking).rejects.not.toThrow('5ecr3t');
      expect(crm.requests).toEqual([]);
    },
  );

  it('that cannot be obtained makes the look-up reject with the original error', async () => {
    const accessToken = () => Promise.reject(new Error('The credential expired.'));
    await expect(lookUp({ accessToken })).rejects.toThrow('The credential expired.');
  });
});

describe('Retry-After', () => {
  it.each([429, 503])('is waited for after a %d', async (code) => {
    crm.faults.push(status(code, { 'Retry-After': '1' }));
    expect(await lookUp()).toEqual(ada);
    const [first, second] = crm.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(995);
  });

  it('may be a date', async () => {
    const until = new Date(Math.ceil(Date.now() / 1000) * 1000 + 1000);
    crm.faults.push(status(429, { 'Retry-After': until.toUTCString() }));
    expect(await lookUp()).toEqual(ada);
    expect(crm.requests[1]?.at).toBeGreaterThanOrEqual(until.getTime() - 5);
  });

  it('may be a fraction', async () => {
    crm.faults.push(status(429, { 'Retry-After': '0.3' }));
    expect(await lookUp()).toEqual(ada);
    const [first, second] = crm.requests;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(295);
  });

  it('that lies in the past causes no wait', async () => {
    crm.faults.push(status(429, { 'Retry-After': new Date(0).toUTCString() }));
    expect(await lookUp()).toEqual(ada);
  });

  it.each([
    ['3600', '3600 seconds'],
    ['6', '6 seconds'],
    [new Date(Date.now() + 3_600_000).toUTCString(), 'seconds'],
  ])('of %s is longer than a look-up may take, which is said at once', async (wait, said) => {
    crm.faults.push(status(429, { 'Retry-After': wait }));
    const error = await failure(lookUp());
    expect(error).toMatchObject({ code: 'throttled', status: 429 });
    expect(error.message).toContain(said);
    expect(crm.requests).toHaveLength(1);
  });

  it.each([{}, { 'Retry-After': '' }, { 'Retry-After': 'soon' }, { 'RateLimit-Reset': '1' }] as Record<
    string,
    string
  >[])('that says nothing is not guessed: %j', async (headers) => {
    crm.faults.push(status(503, headers));
    const error = await failure(lookUp());
    expect(error).toMatchObject({ code: 'throttled', status: 503 });
    expect(error.message).toContain('Dynamics answered 503 and did not say how long to wait. ');
    expect(crm.requests).toHaveLength(1);
  });

  it('is obeyed only a limited number of times', async () => {
    for (let more = 0; more < 20; more++) crm.faults.push(status(429, { 'Retry-After': '0' }));
    expect(await failure(lookUp())).toMatchObject({ code: 'throttled' });
    expect(crm.requests.length).toBeLessThan(6);
  });
});

describe('a refusal', () => {
  it.each([
    [403, 'forbidden', /^Dynamics does not let the application user read contacts/],
    [400, 'failed', /^Dynamics answered 400\. Does the column exist/],
    [500, 'failed', /^Dynamics answered 500, a failure of its own/],
    [502, 'failed', /^Dynamics answered 502, a failure of its own/],
    [204, 'failed', /^Dynamics answered 204\. Is url the address of the organisation/],
  ])('of status %d is reported as %s, and the request is not repeated', async (code, expected, sentence) => {
    crm.faults.push(status(code, { 'Retry-After': '0' }));
    const error = await failure(lookUp());
    expect(error).toMatchObject({ code: expected, status: code });
    expect(error.message).toMatch(/^[A-Z].*\. [A-Z].*/);
    expect(error.message).toMatch(sentence);
    expect(crm.requests).toHaveLength(1);
  });

  it.each(['see 0x80072560', '0x80072560 of a tenant'])('is not quoted: %s', async (code) => {
    crm.faults.push((response) => void response.writeHead(403).end(JSON.stringify({ error: { code } })));
    const error = await failure(lookUp());
    expect(error.code).toBe('forbidden');
    expect(error.message).not.toContain('0x80072560');
  });

  it.each([301, 302, 307, 308])('is a redirect (%d), and is not followed', async (code) => {
    const elsewhere = await startDataverse([]);
    crm.faults.push(status(code, { Location: `${elsewhere.url}/login` }));
    const error = await failure(lookUp());
    expect(error).toMatchObject({ code: 'failed', status: code });
    expect(error.message).toContain(`Dynamics answered ${code}, a redirect, perhaps to a sign-in page. `);
    expect(elsewhere.requests).toEqual([]);
    await elsewhere.stop();
  });

  it.each([
    ['a gateway', '{"statusCode":404,"message":"Resource not found"}'],
    ['a gateway that speaks like OData', '{"error":{"code":"ResourceNotFound"}}'],
    ['a gateway that says no more', '{"error":{}}'],
    ['a server without a body', ''],
    ['a page', '<!doctype html><title>Not found</title>'],
    ['Dataverse, of a wrong address', '{"error":{"code":"0x8006088a","message":"Resource not found"}}'],
  ])('of %s with 404 is not treated as a missing contact', async (_, body) => {
    const notFound = (response: ServerResponse) =>
      void response.writeHead(404, { 'Content-Type': 'application/json' }).end(body);
    crm.faults.push(notFound, notFound);
    expect(await failure(lookUp())).toMatchObject({ code: 'failed', status: 404 });
    const { byEmail } = createDataverseContacts({ url: crm.url, accessToken: () => 'valid' });
    expect(await failure(byEmail('ada@site.example'))).toMatchObject({ code: 'failed', status: 404 });
  });
});

describe('the time limit', () => {
  it.each([
    ['Dynamics', 'no answer comes', {}, () => {}],
    [
      'Dynamics',
      'the body stalls',
      {},
      (response: ServerResponse) => void response.writeHead(200).write('{"contactid":'),
    ],
    [
      'accessToken',
      'the access token does not come',
      { accessToken: () => new Promise<string>(() => {}) },
      undefined,
    ],
    [
      'accessToken',
      'the renewed access token does not come',
      { accessToken: ({ renew }: { renew: boolean }) => (renew ? new Promise<string>(() => {}) : 'stale') },
      undefined,
    ],
  ])('blames %s when %s', async (late, _, options, fault) => {
    if (fault) crm.faults.push(fault);
    const error = await failure(lookUp({ timeout: 1000, ...options }));
    expect(error.code).toBe('timeout');
    expect(error.message).toMatch(new RegExp(`^${late} did not answer within 1000 ms\\. `));
  });

  it('blames a credential that hangs', async () => {
    const credential = { getToken: () => new Promise<never>(() => {}) };
    const error = await failure(createDataverseContacts({ url: crm.url, credential, timeout: 100 }).byId(id));
    expect(error).toMatchObject({
      code: 'timeout',
      message: expect.stringMatching(/^credential did not answer within 100 ms\. /),
    });
  });

  it('ends the request too', async () => {
    const closed = new Promise((resolve) => {
      crm.faults.push((response) => response.on('close', () => resolve('closed')));
    });
    await failure(lookUp({ timeout: 150 }));
    expect(await closed).toBe('closed');
  });

  it.each([100, 60_000])('can be %i', async (timeout) => {
    expect(() =>
      createDataverseContacts({ url: crm.url, accessToken: () => 'valid', timeout }),
    ).not.toThrow();
  });

  it.each([0, 99, 8, 60_001, Number.NaN, Number.POSITIVE_INFINITY, '5000'])('cannot be %j', (timeout) => {
    expect(() => lookUp({ timeout: timeout as number })).toThrow(/timeout .*milliseconds/);
  });
});

describe('a connection that fails', () => {
  it('is reported with the system’s code', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    const error = await failure(lookUp({ url }));
    expect(error).toMatchObject({ code: 'network', message: expect.stringContaining('ECONNREFUSED') });
  });

  it('in the middle of an answer is also reported', async () => {
    const cut = (response: ServerResponse) => {
      response.writeHead(200, { 'Content-Length': '100' }).write('{');
      response.socket?.destroySoon();
    };
    crm.faults.push(cut, cut);
    const error = await failure(lookUp());
    expect(error.code).toBe('network');
    expect(error.message).toMatch(/^The connection to Dynamics ended in the middle of the answer/);
  });

  it.each<[string, string, RegExp]>([
    ['CERT_HAS_EXPIRED', 'network', /certificate .*not trusted \(CERT_HAS_EXPIRED\)\. .*proxy inspects TLS/],
    [
      'ERR_SSL_WRONG_VERSION_NUMBER',
      'network',
      /No TLS connection .*\(ERR_SSL_WRONG_VERSION_NUMBER\)\. .*https/,
    ],
    ['ERR__ERROR_FORMAT_PADDING_1', 'unexpected-answer', /cannot be decompressed/],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network', /certificate/],
    ['HPE_INVALID_CONSTANT', 'unexpected-answer', /does not speak HTTP/],
    ['UND_ERR_HEADERS_OVERFLOW', 'unexpected-answer', /does not speak HTTP/],
    ['ENOTFOUND', 'network', /could not be reached \(ENOTFOUND\)/],
  ])('is explained by the system’s code %s', async (code, kind, said) => {
    const fetch = () => Promise.reject(Object.assign(new TypeError('fetch failed'), { cause: { code } }));
    const error = await failure(lookUp({ fetch }));
    expect([error.code, error.message]).toEqual([kind, expect.stringMatching(said)]);
  });

  it('is not reported for a broken compression', async () => {
    crm.faults.push((response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end('no'));
    const error = await failure(lookUp());
    expect([error.code, error.message]).toEqual([
      'unexpected-answer',
      expect.stringMatching(/cannot be decompressed \(Z_\w+\)\. Does a proxy/),
    ]);
  });

  it('once does not fail the look-up: an idle connection may just have been closed', async () => {
    crm.faults.push((response) => void response.socket?.resetAndDestroy());
    expect(await lookUp()).toEqual(ada);
    expect(crm.requests).toHaveLength(2);
  });

  it('twice fails after two requests', async () => {
    const reset = (response: ServerResponse) => void response.socket?.resetAndDestroy();
    crm.faults.push(reset, reset);
    expect(await failure(lookUp())).toMatchObject({ code: 'network' });
    expect(crm.requests).toHaveLength(2);
  });

  it.each([undefined, null, {}, 'x'])('is not blamed if the site’s own fetch returns %j', async (answer) => {
    const error = await failure(lookUp({ fetch: (async () => answer) as unknown as typeof fetch }));
    expect(error).toMatchObject({
      code: 'unexpected-answer',
      message: expect.stringMatching(/^fetch returned no/),
    });
  });

  it('is not reported for an answer with an unknown status', async () => {
    crm.faults.push((response) => void response.writeHead(999).end());
    const error = await failure(lookUp());
    expect(error).toMatchObject({
      code: 'unexpected-answer',
      message: expect.stringContaining('status 999'),
    });
  });

  it('never contains the access token, whatever fetch throws', async () => {
    const accessToken = () => '5ecr3t';
    const careless = (url: string, init: RequestInit) => {
      throw Object.assign(new Error(`fetch ${JSON.stringify(init)}`), {
        url,
        cause: { code: '5ecr3t', init },
      });
    };
    const error = await failure(lookUp({ accessToken, fetch: careless }));
    expect(error.code).toBe('network');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('5ecr3t');
  });
});

describe('the organisation’s address', () => {
  const asked = async (url: string | URL) => {
    const urls: string[] = [];
    await lookUp({
      url,
      fetch: async (url) => {
        urls.push(url.slice(0, url.indexOf('contacts(')));
        return new Response('{"error":{"code":"0x80040217"}}', { status: 404 });
      },
    });
    return urls[0];
  };
  const api = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';

  it.each([
    ['https://contoso.crm4.dynamics.com', api],
    ['https://contoso.crm4.dynamics.com/', api],
    ['https://Contoso.CRM4.dynamics.com//', api],
    ['https://contoso.crm4.dynamics.com/api/data', api],
    ['https://contoso.crm4.dynamics.com/api/data/', api],
    ['https://contoso.crm4.dynamics.com/api/data/v9.2', api],
    ['https://contoso.crm4.dynamics.com/api/data/v9.2/', api],
    [new URL('https://contoso.crm4.dynamics.com'), api],
    ['https://contoso.crm4.dynamics.com/api/data/v9.1/', 'https://contoso.crm4.dynamics.com/api/data/v9.1/'],
    [
      'https://contoso.crm4.dynamics.com/api/data/v10.11',
      'https://contoso.crm4.dynamics.com/api/data/v10.11/',
    ],
    ['https://crm.site.example/Contoso', 'https://crm.site.example/Contoso/api/data/v9.2/'],
    ['https://crm.site.example/Contoso/api/data/v9.0/', 'https://crm.site.example/Contoso/api/data/v9.0/'],
    ['http://localhost:8080', 'http://localhost:8080/api/data/v9.2/'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/api/data/v9.2/'],
    ['http://[::1]:8080', 'http://[::1]:8080/api/data/v9.2/'],
    ['http://crm.localhost', 'http://crm.localhost/api/data/v9.2/'],
  ])('may be %s', async (url, base) => {
    expect(await asked(url)).toBe(base);
  });

  it.each([undefined, ''])('cannot be %j', (url) => {
    const create = () => createDataverseContacts({ url, accessToken: () => 'valid' });
    expect(create).toThrow(/^url is missing\. Is the environment variable that holds it set\?/);
  });

  it.each([
    'contoso.crm4.dynamics.com',
    'http://contoso.crm4.dynamics.com',
    'http://localhost.evil.example',
    'http://127.0.0.1.evil.example',
    'ftp://contoso.crm4.dynamics.com',
    'https://user:pass@contoso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com/main.aspx?appid=1',
    'https://contoso.crm4.dynamics.com/#/contacts',
  ])('is not %s', (url) => {
    const create = () => createDataverseContacts({ url, accessToken: () => 'valid' });
    expect(create).toThrow(TypeError);
    expect(create).toThrow('url is not the address');
  });
});

describe('createDataverseContacts', () => {
  it('requires a function for the access token', () => {
    const options = { url: crm.url, accessToken: 'valid' } as unknown as DataverseOptions;
    expect(() => createDataverseContacts(options)).toThrow('accessToken is not a function');
  });

  it('refuses an unknown option, and names the known ones', () => {
    const options = { url: crm.url, accessToken: () => 'valid', token: 'valid' };
    expect(() => createDataverseContacts(options)).toThrow(/"token".*accessToken/);
  });
});
