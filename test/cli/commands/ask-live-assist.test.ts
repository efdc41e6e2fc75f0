import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { issuer, pasted, seconds, token } from '../../diagnosis/diagnose-site.js';
import { connector, json, startAccount } from '../../support/account-server.js';
import { commandLine, file } from '../command-line.js';

let server: Awaited<ReturnType<typeof startAccount>>;
beforeAll(async () => {
  server = await startAccount({ settings: json([]) });
});
beforeEach(() => {
  server.asked.length = 0;
  server.answers = {
    settings: json([connector(pasted)]),
    host: json({ service: 'idp', account: '12345678', baseURI: 'elsewhere.example' }),
    verifier: json({ token: 'vendor-token' }),
  };
});
afterEach(() => vi.unstubAllGlobals());
afterAll(() => server.stop());

const given = ['--public-key', pasted, '--issuer', issuer, '--account', '12345678', '--ask-live-assist'];
const ask = (text: string, ...more: string[]) =>
  commandLine(['diagnose', file(text), ...given, '--account-url', server.url, ...more]);
async function findingOf(text = token()) {
  const { out } = await ask(text, '--json');
  const findings: { level: string; code: string; message: string }[] = JSON.parse(out);
  return findings.find(({ code }) => code.startsWith('verifier'));
}
const posts = () => server.asked.filter(({ request }) => request.startsWith('POST'));

describe('--ask-live-assist', () => {
  it('sends the token to the verifier on the origin of --account-url, and nowhere else', async () => {
    const text = token();
    const { code, out } = await ask(text);
    expect(code).toBe(0);
    expect(posts().map(({ body }) => JSON.parse(body))).toEqual([{ id_token: text }]);
    expect(out.replace(/\s+/g, ' ')).toContain('The verifier of Live Assist accepts the token.');
    expect(out).not.toContain(text);
    expect(out).not.toContain('vendor-token');
  });

  it('is never done without the option', async () => {
    await commandLine(['diagnose', file(token()), ...given.slice(0, -1), '--account-url', server.url]);
    expect(posts()).toEqual([]);
  });

  it('first says the host and how long the token is valid, and recommends a short one', async () => {
    const [long, short, late] = [7200, 300, -60].map((life) => token({ exp: seconds() + life }));
    const said = async (text = '') => (await ask(text)).out.replace(/\s+/g, ' ').split('note')[0];
    const host = new URL(server.url).host;
    expect(await said(long)).toMatch(
      new RegExp(
        `^The token is sent to ${host}, .* valid for another 2 hours\\. A token that lives at most five minutes is better`,
      ),
    );
    expect(await said(short)).toMatch(/valid for another (5 minutes|29\d(\.\d)? seconds)\. (?!A token)/);
    expect(await said(late)).toMatch(/It expired (1 minute|6\d(\.\d)? seconds) ago\./);
  });

  it('says so on standard error if the findings are printed as JSON', async () => {
    const { out, err } = await ask(token(), '--json');
    expect(err).toContain('The token is sent to');
    expect(() => JSON.parse(out)).not.toThrow();
  });

  it.each([
    [
      'internalErrorCode 9007',
      { internalErrorCode: 9007 },
      500,
      'verifier-refuses',
      /code 9007\. The customer JWT is not valid\..*Paste the JWT Public Key/,
    ],
    [
      'a code as text',
      { internalErrorCode: '1012' },
      401,
      'verifier-refuses',
      /code 1012\. The token has expired\./,
    ],
    ['internalCode 10', { internalCode: 10 }, 401, 'verifier-refuses', /code 10\. Chat refused the token/],
    [
      'a code that is not listed',
      { internalErrorCode: 7777 },
      400,
      'verifier-refuses-unknown',
      /code 7777, which/,
    ],
    [
      'something else',
      { message: 'secret' },
      400,
      'verifier-unexpected',
      /"verifier: 400, \{ message: string \}"/,
    ],
    ['no token', {}, 200, 'verifier-unexpected', /"verifier: 200, \{ {2}\}"/],
    ['an error of the server', {}, 503, 'verifier-silent', /it answered 503\. Try again later\./],
  ])('explains %s', async (_, body, status, code, words) => {
    server.answers.verifier = json(body, status);
    const found = await findingOf();
    expect(found).toMatchObject({ level: 'warning', code, message: expect.stringMatching(words) });
    expect(found?.message).toContain("LivePerson's documentation");
    expect(posts()).toHaveLength(1);
  });

  it.each([9000, 9001, 9008, 9009, 9010, 9013, 9014, 1023, 2001, 2007])(
    'does not take the code %d for a verdict on the token',
    async (internalErrorCode) => {
      server.answers.verifier = json({ internalErrorCode }, 500);
      const found = await findingOf();
      expect(found).toMatchObject({ level: 'warning', code: 'verifier-failed' });
      expect(found?.message).toContain(
        `could not answer whether the token is right. Its code is ${internalErrorCode}.`,
      );
      expect(found?.message).not.toContain('refuses');
    },
  );

  it.each<[string, unknown, number, string]>([
    ['403', { message: 'Forbidden by proxy' }, 403, '403, { message: string }'],
    ['400', {}, 400, '400, {  }'],
    ['a list', [1], 200, '200, a list of 1, first number'],
    ['another object', { error: { code: 1 } }, 200, '200, { error: { code: number } }'],
    ['a host of another type', { service: 'idp', baseURI: ['x'] }, 200, 'baseURI: a list of 1, first string'],
  ])('names an unexpected answer of the look-up: %s', async (_, body, status, words) => {
    server.answers.host = json(body, status);
    const found = await findingOf();
    expect(found).toMatchObject({ level: 'warning', code: 'verifier-unexpected' });
    expect(found?.message).toContain('paste this line into an issue: "verifier: look-up of the host, ');
    expect(found?.message).toContain(words);
    expect(posts()).toEqual([]);
  });

  it.each([
    ['the look-up names an empty host', { host: json({ service: 'idp', baseURI: '' }) }],
    ['the look-up names no host', { host: json({ service: 'idp', account: '12345678' }) }],
    ['nothing is there', { host: undefined, verifier: undefined }],
    ['the host has no verifier', { verifier: undefined }],
  ])('says plainly that an account has none if %s', async (_, answers) => {
    Object.assign(server.answers, answers);
    const { code } = await ask(token());
    expect(code).toBe(0);
    expect(await findingOf()).toMatchObject({
      level: 'note',
      code: 'verifier-missing',
      message: expect.stringMatching(/^This account has no verifier, so the token was not verified there\./),
    });
  });

  it('needs no look-up of the host on the origin of --account-url, but does at LivePerson', async () => {
    delete server.answers.host;
    expect(await findingOf()).toMatchObject({ code: 'verifier-accepts' });
    const asked = vi.fn(async ({ url }: Request) =>
      url.includes('all-connectors') ? Response.json([connector(pasted)]) : new Response('', { status: 404 }),
    );
    vi.stubGlobal('fetch', asked);
    const { out } = await commandLine(['diagnose', file(token()), ...given, '--json']);
    expect(out).toContain('verifier-missing');
    expect(asked.mock.calls.map(([{ method }]) => method)).toEqual(['GET', 'GET']);
  });

  it('does not send the token to the target of a redirect', async () => {
    server.answers.verifier = (_, response) => response.writeHead(307, { Location: `${server.url}/x` }).end();
    expect(await findingOf()).toMatchObject({
      level: 'warning',
      code: 'verifier-redirected',
      message: expect.stringMatching(
        /was asked, and it answered with a redirect\. The redirect was not followed/,
      ),
    });
    expect(posts()).toHaveLength(1);
    server.answers.host = (_, response) => response.writeHead(302, { Location: `${server.url}/x` }).end();
    expect(await findingOf()).toMatchObject({
      code: 'verifier-not-asked',
      message: expect.stringContaining('redirects'),
    });
    expect(posts()).toHaveLength(1);
  });

  it.each([
    ['another domain', 'liveperson.net.evil.example'],
    ['a name that only ends like it', 'evilliveperson.net'],
    ['the bare domain', 'liveperson.net'],
    ['a path', 'evil.example/x.liveperson.net'],
    ['a user name', 'a@x.liveperson.net'],
    ['a port', 'x.liveperson.net:8443'],
    ['an address', 'https://x.liveperson.net'],
  ])('sends the token to no host that the account names with %s', async (_, baseURI) => {
    const asked = vi.fn(async (request: Request) =>
      Response.json(request.url.includes('all-connectors') ? [connector(pasted)] : { baseURI }),
    );
    vi.stubGlobal('fetch', asked);
    const { out } = await commandLine(['diagnose', file(token()), ...given, '--json']);
    const codes = JSON.parse(out).map(({ code }: { code: string }) => code);
    expect(codes).toContain('verifier-not-asked');
    expect(asked.mock.calls.map(([{ method, url }]) => `${method} ${url}`)).toEqual([
      'GET https://accdn.lpsnmedia.net/api/account/12345678/configuration/le-connectors/all-connectors',
      'GET https://api.liveperson.net/api/account/12345678/service/idp/baseURI.json?version=1.0',
    ]);
  });

  it("sends the token to the host that LivePerson's documentation leads to", async () => {
    const asked = vi.fn(async (request: Request) => {
      if (request.url.includes('all-connectors')) return Response.json([connector(pasted)]);
      return Response.json(request.method === 'GET' ? { baseURI: 'lo.idp.liveperson.net' } : { token: 'x' });
    });
    vi.stubGlobal('fetch', asked);
    const { code, out } = await commandLine(['diagnose', file(token()), ...given]);
    expect(code).toBe(0);
    expect(out).toContain('The token is sent to lo.idp.liveperson.net,');
    expect(asked.mock.calls.at(-1)?.[0]).toMatchObject({
      method: 'POST',
      url: 'https://lo.idp.liveperson.net/api/account/12345678/app/1234/authenticate?v=3.0',
      redirect: 'manual',
    });
  });

  it('sends the token over https, or to this machine', async () => {
    const asked = vi.fn(async () => Response.json([connector(pasted)]));
    vi.stubGlobal('fetch', asked);
    const args = ['diagnose', file(token()), ...given, '--account-url', 'http://proxy.example', '--json'];
    const { out } = await commandLine(args);
    expect(out).toContain('a token is sent to https addresses only');
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('needs a token that can be read, and an identity provider', async () => {
    expect(await findingOf('nonsense')).toMatchObject({ code: 'verifier-not-asked' });
    server.answers.settings = json([connector(pasted, { id: { x: 1 } })]);
    expect(await findingOf()).toMatchObject({
      code: 'verifier-not-asked',
      message: expect.stringContaining('does not publish the id'),
    });
    server.answers.settings = json([
      connector(pasted, { configuration: { issuer: 'a', jsMethodName: 'b' } }),
    ]);
    expect(await findingOf()).toMatchObject({
      code: 'verifier-not-asked',
      message: expect.stringContaining('not clear'),
    });
    expect(posts()).toEqual([]);
  });
});
