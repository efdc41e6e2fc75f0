/**
 * Every C# example of the documentation is compiled, for .NET 8, and the examples for a site are run.
 *
 * @module
 */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './ask.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { openBrowser } from './dotnet/browser.js';
import { buildDotnet, dotnet } from './dotnet/build-dotnet.js';
import { asFile, asMethods, examples, headOfRecipe } from './dotnet/examples.js';
import { type RunningProgram, runProgram } from './run-program.js';

const [ada, grace] = [1, 2].map((n) => ({
  contactid: `a0000000-0000-4000-8000-00000000000${n}`,
  firstname: 'Ada',
  lastname: 'Lovelace',
  emailaddress1: `${n === 1 ? 'ada' : 'grace'}@example.com`,
  statecode: 0 as const,
}));
const adasId = ada?.contactid ?? '';
const gracesId = grace?.contactid ?? '';
const recipe = '../../demo/recipes/dotnet/LiveAssistTokens.cs';
const functionNames = ['azure', 'functions-program', 'functions'];
const all = examples();
const named = (name: string) => {
  const found = all.find((example) => example.name === name);
  if (!found) throw new Error(`The documentation has no example dotnet-${name}.`);
  return found;
};

describe.skipIf(!dotnet)('the C# examples', () => {
  const home = mkdtempSync(join(tmpdir(), 'live-assist-variants-'));
  let dataverse: DataverseDouble;
  let settings: Record<string, string>;
  const programs: RunningProgram[] = [];

  const project = (name: string, files: string[], written: Record<string, string>): string => {
    const folder = join(home, name);
    mkdirSync(folder);
    for (const file of files)
      copyFileSync(fileURLToPath(new URL(file, import.meta.url)), join(folder, file.replace(/.*\//, '')));
    for (const [file, text] of Object.entries(written)) writeFileSync(join(folder, file), text);
    return folder;
  };
  const built = join(home, 'built');

  beforeAll(async () => {
    const others = all.filter(({ name }) => !functionNames.includes(name));
    await buildDotnet(
      project('variants', [recipe, 'dotnet/Variants.cs', 'dotnet/Variants.csproj'], {
        'Examples.cs': asMethods([...others, headOfRecipe()]),
      }),
      built,
    );
    dataverse = await startDataverse([ada, grace].filter((one) => one !== undefined));
    writeFileSync(join(home, 'private_key.pem'), (await generateKeys()).privateKey);
    settings = {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(home, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    };
  }, 600_000);

  afterAll(async () => {
    await Promise.all(programs.map((program) => program.stop()));
    await dataverse?.stop();
    rmSync(home, { recursive: true });
  });

  const start = async (variant: string, changes: Record<string, string> = {}) => {
    const args = [join(built, 'Variants.dll'), variant];
    const program = await runProgram(dotnet ?? '', args, { ...settings, ...changes });
    programs.push(program);
    return { program, browser: openBrowser(program.url) };
  };

  it.each(['site', 'open', 'closed', 'closed-by-default'])(
    'tells visitors apart on a site that is set up like "%s"',
    async (variant) => {
      const { browser } = await start(variant);
      expect((await browser.ask()).status).toBe(401);
      for (const id of [adasId, gracesId]) {
        await browser.post(`/sign-in?id=${id}`);
        const { status, headers, token = '' } = await browser.ask();
        expect(status).toBe(200);
        expect(headers.get('cache-control')).toBe('no-store');
        expect(decodeJwt(token).sub).toBe(id);
        await browser.post('/sign-out');
        expect((await browser.ask()).status).toBe(401);
      }
      // A claim of that name from another identity provider.
      await browser.post(`/sign-in?id=${adasId}&issuer=https://login.example`);
      expect((await browser.ask()).status).toBe(401);
    },
  );

  it('answers guests 401 without X-Requested-With where the endpoint or the handler says so', async () => {
    const statuses = await Promise.all(
      ['open', 'closed', 'closed-by-default'].map(async (variant) => {
        const { browser } = await start(variant);
        return (await browser.ask({ 'Sec-Fetch-Site': 'same-origin' })).status;
      }),
    );
    expect(statuses).toEqual([401, 401, 302]);
  });

  it('gives a user of Identity no token for an address that has not been confirmed', async () => {
    const { browser } = await start('identity', { CONFIRMED_ADDRESSES_ARE_PROVEN: 'true' });
    await browser.post('/sign-in?id=user-7');
    expect(await browser.ask()).toMatchObject({ status: 403, error: 'no-contact' });
    await browser.post('/change-address?to=grace@example.com&confirmed=true');
    expect(decodeJwt((await browser.ask()).token ?? '').sub).toBe(gracesId);
    await browser.post('/change-address?to=ada@example.com&confirmed=false');
    expect(await browser.ask()).toMatchObject({ status: 403, error: 'no-contact' });
  });

  it('gives no user of Identity a token before the site says that confirmed addresses are proven', async () => {
    const { browser } = await start('identity');
    await browser.post('/sign-in?id=user-8');
    await browser.post('/change-address?to=grace@example.com&confirmed=true');
    expect(await browser.ask()).toMatchObject({ status: 403, error: 'no-contact' });
  });

  it.each(['/live-assist/token', '/controller'])(
    'is not kept by an output cache for the whole site: %s',
    async (path) => {
      const { program } = await start('plain');
      const subject = async (session: string) => {
        const response = await fetch(new URL(path, program.url), {
          headers: { 'X-Session': session },
        });
        return decodeJwt(((await response.json()) as { token: string }).token).sub;
      };
      expect(await subject(adasId)).toBe(adasId);
      expect(await subject(gracesId)).toBe(gracesId);
    },
  );

  it.each([
    ['plain', ['/live-assist/token', '/group/live-assist/token', '/Token', '/controller']],
    ['mounted', ['/shop/live-assist/token', '/shop/Token', '/live-assist/token', '/Token']],
  ])('gives a token at the exact path only, whatever the route matches: %s', async (variant, right) => {
    const { program } = await start(variant);
    const statusAt = async (path: string) =>
      (await ask(program.url, path, 'GET', [['X-Session', adasId]])).status;
    for (const path of right) expect([path, await statusAt(path)]).toEqual([path, 200]);
    for (const path of [
      ...['/Token/Index/a.css', '/Token/Index', '/Token/', '/token', '/%54oken', '/Attribute/a.css'],
      ...['/live-assist/%74oken', '/LIVE-ASSIST/token', '/live-assist/token/', '/group/live-assist/%74oken'],
      ...['/static/../live-assist/token', '/shop/live-assist/%74oken', '/%73hop/live-assist/token'],
    ])
      expect([path, await statusAt(path)]).toEqual([path, 404]);
  });

  it.each(['{culture}', '{culture?}', '{culture=en}', '{culture:length(2)}', '{*rest}', '{**rest}', 'a-{b}'])(
    'does not start if the route of the endpoint, or of its group, has a parameter: %s',
    async (parameter) => {
      await expect(start(`group /${parameter}`)).rejects.toThrow(
        /: The route \S+\/live-assist\/token has a parameter, so it cannot be the token endpoint\. Call MapLiveAssistToken\(\) with one fixed path, outside of any group whose prefix has a parameter\./,
      );
      await expect(start(`route /token/${parameter}`)).rejects.toThrow(
        `The route /token/${parameter} has a parameter, so it cannot be the token endpoint. `,
      );
    },
  );

  it('answers in a group without a parameter', async () => {
    const { program } = await start('group /inner');
    const asked = ask(program.url, '/outer/inner/live-assist/token', 'GET', [['X-Session', adasId]]);
    expect((await asked).status).toBe(200);
  });

  it('does not renew the session, so that a sign-out during an answer stays', async () => {
    const { program, browser } = await start('sliding');
    await browser.post(`/sign-in?id=${adasId}`);
    const page = await fetch(new URL('/page', program.url), { headers: { Cookie: browser.cookie() } });
    expect(page.headers.getSetCookie()).toEqual([expect.stringContaining('.AspNetCore.Cookies=')]);
    const { status, headers } = await browser.ask();
    expect([status, headers.getSetCookie()]).toEqual([200, []]);
    expect(headers.get('cache-control')).toContain('no-store');
  });

  it('replaces half an emoji in a name by U+FFFD', async () => {
    const { program } = await start('plain');
    const response = await fetch(new URL('/live-assist/token', program.url), {
      headers: { 'X-Session': adasId },
    });
    expect(decodeJwt(((await response.json()) as { token: string }).token).given_name).toBe('Ada \ufffd');
  });

  it('answers 503 in time even if the look-up of the site never returns', async () => {
    const { program, browser } = await start('slow');
    await browser.post(`/sign-in?id=${adasId}`);
    const { status, error, headers } = await browser.ask();
    expect({ status, error, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      error: 'timeout',
      retryAfter: '1',
    });
    await expect
      .poll(() => program.log())
      .toMatch(/Live Assist token: The answer took more than 6 seconds\. /);
  });

  it('logs the class of an exception of the site, and nothing of its message', async () => {
    const { program, browser } = await start('throws');
    expect(await browser.ask()).toMatchObject({ status: 500, error: 'failed' });
    await expect.poll(() => program.log()).toContain('Live Assist token: InvalidOperationException');
    expect(program.log()).not.toContain('ada@example.com');
  });

  it('logs every fault of the settings at the start, and starts', async () => {
    const { program } = await start('site', { LIVE_ASSIST_ISSUER: '', DYNAMICS_URL: 'contoso' });
    const [first, second] = program.log().match(/Live Assist token: .*/g) ?? [];
    expect(first).toMatch(/: LIVE_ASSIST_ISSUER is not set\. /);
    expect(second).toMatch(/: DYNAMICS_URL is not written like its example\. /);
  });

  describe('with Dynamics', () => {
    let site: Awaited<ReturnType<typeof start>>;
    const said = () => site.program.log().match(/Live Assist token: .*/g) ?? [];

    beforeAll(async () => {
      site = await start('site');
      await site.browser.post(`/sign-in?id=${adasId}`);
    });

    it('waits as long as Dynamics asks for, once, and then answers', async () => {
      let refused = 0;
      dataverse.fault = (response) => {
        refused += 1;
        dataverse.fault = undefined;
        response.writeHead(429, { 'Retry-After': '1' }).end('{}');
      };
      const before = Date.now();
      expect((await site.browser.ask()).status).toBe(200);
      expect(refused).toBe(1);
      expect(Date.now() - before).toBeGreaterThanOrEqual(990);
    });

    it('does not wait for longer than a look-up may take', async () => {
      dataverse.fault = (response) => void response.writeHead(429, { 'Retry-After': '60' }).end('{}');
      dataverse.asked = [];
      expect((await site.browser.ask()).status).toBe(500);
      expect(dataverse.asked).toHaveLength(1);
      dataverse.fault = undefined;
      // The console's logger writes a little later. The next test counts lines.
      await expect.poll(said).toHaveLength(1);
    });

    it('says nothing in the log about a visitor who leaves', async () => {
      const before = said().length;
      dataverse.fault = (response) => response.flushHeaders();
      const cookie = site.browser.cookie();
      const leaving = fetch(new URL('/live-assist/token', site.program.url), {
        headers: { Cookie: cookie },
        signal: AbortSignal.timeout(500),
      });
      await expect(leaving).rejects.toThrow();
      dataverse.fault = undefined;
      expect((await site.browser.ask()).status).toBe(200);
      expect(said()).toHaveLength(before);
    });

    it('warns once about a clock that differs from that of Dynamics', async () => {
      const value = [ada].map((one) => ({ ...one }));
      dataverse.fault = (response) => {
        response.setHeader('Date', new Date(Date.now() - 600_000).toUTCString());
        response.end(JSON.stringify({ value }));
      };
      for (const _ of [1, 2]) expect((await site.browser.ask()).status).toBe(200);
      dataverse.fault = undefined;
      const warned = () =>
        said().filter((line) => /clock is (59|60)\d seconds ahead of Dynamics' clock\. /.test(line));
      await expect.poll(warned).toHaveLength(1);
    });
  });

  it('gives no trial token if a header says that somebody else asks', async () => {
    const { browser } = await start('site', { LIVE_ASSIST_TRIAL_CONTACT: adasId });
    const statuses = async (headers: Record<string, string>) => (await browser.ask(headers)).status;
    expect(await statuses({ Referer: 'http://localhost:5080/' })).toBe(200);
    for (const headers of [
      { Referer: 'https://www.example.com/' },
      { 'X-Original-For': '[::1]:5000' },
      { 'X-Real-IP': '203.0.113.7' },
      { Via: '1.1 proxy' },
    ])
      expect(await statuses(headers)).toBe(401);
  });

  it('does not start with wrong settings if it is asked to be strict', async () => {
    await expect(start('strict', { LIVE_ASSIST_ISSUER: '' })).rejects.toThrow(
      /LIVE_ASSIST_ISSUER is not set\. /,
    );
    const { browser } = await start('strict');
    await browser.post(`/sign-in?id=${adasId}`);
    const { iat = 0, exp } = decodeJwt((await browser.ask()).token ?? '');
    expect(exp).toBe(iat + 300);
  });

  it('compiles the examples for Azure', async () => {
    const more = [
      'Azure.Core',
      'Azure.Identity',
      'Microsoft.Azure.Functions.Worker',
      'Microsoft.Azure.Functions.Worker.Builder',
    ];
    const folder = project('functions', [recipe, 'dotnet/Functions.csproj'], {
      'Examples.cs': asMethods([named('azure')], more),
      'Function.cs': asFile(named('functions'), more),
      'Program.cs': asFile(named('functions-program'), more),
    });
    await buildDotnet(folder, join(home, 'functions-built'));
  }, 600_000);
});
