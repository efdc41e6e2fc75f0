/**
 * The recipe in C#, and its minimal site, on Kestrel.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { createHash, createPublicKey } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DataverseDouble, type StoredContact, startDataverse } from './dataverse-double.js';
import { openBrowser } from './dotnet/browser.js';
import { buildDotnet, dotnet } from './dotnet/build-dotnet.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';
import { type RunningProgram, runProgram } from './run-program.js';

isATokenEndpoint({
  name: 'C#',
  file: 'dotnet/Program.cs',
  body: {
    delivered: `    visitor: (ClaimsPrincipal user) => user.FindFirst(claim =>
        claim.Type == ClaimTypes.Email && claim.Issuer == ClaimsIdentity.DefaultIssuer)?.Value,
`,
    replaced:
      '    visitor: (HttpContext context) => Uri.UnescapeDataString(context.Request.Headers["X-Visitor"].ToString()),\n',
  },
  program: dotnet,
  readsKeyAtStart: true,
  // Kestrel itself refuses an uppercase scheme, with 400.
  without: ['after the host, with an uppercase scheme'],
  prepare: (folder) => buildDotnet(join(folder, 'dotnet'), join(folder, 'built')),
  start: (folder) => [join(folder, 'built', 'LiveAssistSite.dll'), '--contentRoot', join(folder, 'dotnet')],
});

const contact = (n: number, firstname: string, emailaddress1: string): StoredContact => ({
  contactid: `a0000000-0000-4000-8000-00000000000${n}`,
  firstname,
  lastname: 'Example',
  emailaddress1,
  statecode: 0,
});
const maya = contact(1, 'Maya', 'maya@example.com');
const zoe = contact(2, 'Zoë', 'zoe@example.com');

describe.skipIf(!dotnet)('the minimal site in C#', () => {
  const home = mkdtempSync(join(tmpdir(), 'live-assist-site-'));
  const site = join(home, 'dotnet');
  const dll = join(home, 'built', 'LiveAssistSite.dll');
  const keysFolder = join(home, 'keys');
  let printed: string;
  let dataverse: DataverseDouble;
  let running: RunningProgram;

  const keys = (...args: string[]) =>
    promisify(execFile)(dotnet ?? '', [dll, 'keys', ...args], { cwd: keysFolder });

  beforeAll(async () => {
    cpSync(fileURLToPath(new URL('../../demo/recipes/dotnet', import.meta.url)), site, { recursive: true });
    mkdirSync(join(site, 'wwwroot'));
    writeFileSync(join(site, 'wwwroot', 'live-assist-bridge.umd.js'), '/* the tag */');
    await buildDotnet(site, join(home, 'built'));
    mkdirSync(keysFolder);
    printed = (await keys('www.example.com')).stdout;
    dataverse = await startDataverse([maya, zoe]);
    running = await runProgram(dotnet ?? '', [dll, '--contentRoot', site], {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(keysFolder, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
      PORT: '0',
    });
  }, 600_000);

  afterAll(async () => {
    await running?.stop();
    await dataverse?.stop();
    rmSync(home, { recursive: true });
  });

  it('makes a pair of keys that belong together, and prints what to enter in Live Assist', () => {
    const publicKey = createPublicKey(readFileSync(join(keysFolder, 'private_key.pem')));
    expect(readFileSync(join(keysFolder, 'public_key.pem'), 'utf8')).toBe(
      publicKey.export({ type: 'spki', format: 'pem' }),
    );
    const der = publicKey.export({ type: 'spki', format: 'der' });
    const lines = printed.split('\n').map((line) => line.trim());
    expect(lines).toContain(der.toString('base64'));
    expect(lines).toContain(createHash('sha256').update(der).digest('hex'));
    expect(printed).toMatch(/JWT Issuer +www\.example\.com\n/);
    expect(printed).toMatch(/JS Method Name +authoriseChatWithCallback\n/);
    expect(printed).not.toContain('PRIVATE KEY');
    if (process.platform !== 'win32')
      expect(statSync(join(keysFolder, 'private_key.pem')).mode & 0o777).toBe(0o600);
  });

  it('never overwrites a key, and says what is wrong with its arguments', async () => {
    const before = readFileSync(join(keysFolder, 'private_key.pem'), 'utf8');
    await expect(keys('www.example.com')).rejects.toMatchObject({
      code: 2,
      stderr: 'private_key.pem exists and is not overwritten. Move it away first.\n',
    });
    expect(readFileSync(join(keysFolder, 'private_key.pem'), 'utf8')).toBe(before);
    for (const args of [[], [''], ['a', 'b']])
      await expect(keys(...args)).rejects.toMatchObject({
        code: 2,
        stderr: expect.stringMatching(/^Give the site's name/),
      });
    await expect(keys('www example')).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/white space/),
    });
  });

  it('names a guest in its tag while the trial contact is set, so that the bridge asks', async () => {
    const trial = await runProgram(dotnet ?? '', [dll, '--contentRoot', site], {
      LIVE_ASSIST_TRIAL_CONTACT: maya.contactid,
      PORT: '0',
    });
    const page = await openBrowser(trial.url).open('/');
    await trial.stop();
    expect(page).toContain('data-visitor="trial"');
  });

  it('contains the tag with the signed-in visitor', async () => {
    const browser = openBrowser(running.url);
    expect(await browser.open('/')).toMatch(/data-token-endpoint="\/live-assist\/token"\s+data-visitor=""/);
    await browser.press('Sign in as Maya');
    expect(await browser.open('/')).toContain('data-visitor="maya"');
    expect(await browser.open('/live-assist-bridge.umd.js')).toBe('/* the tag */');
  });

  it('never gives anybody the token of somebody else on the same browser', async () => {
    const browser = openBrowser(running.url);
    const guest = { status: 401, error: 'signed-out', token: undefined };
    const sub = async () => decodeJwt((await browser.ask()).token ?? '').sub;
    expect(await browser.ask()).toMatchObject(guest);
    await browser.press('Sign in as Maya');
    expect(await sub()).toBe(maya.contactid);
    await browser.press('Sign out');
    expect(await browser.ask()).toMatchObject(guest);
    await browser.press('Sign in as Zo');
    expect(await sub()).toBe(zoe.contactid);
    await browser.press('Sign out');
    expect(await browser.ask()).toMatchObject(guest);
    await browser.press('Sign in as Tom');
    expect(await browser.ask()).toMatchObject({ status: 403, error: 'no-contact', token: undefined });
  });

  it('answers two browsers at the same time, each for its own visitor', async () => {
    const [first, second] = [openBrowser(running.url), openBrowser(running.url)];
    await first.press('Sign in as Maya');
    await second.press('Sign in as Zo');
    const asked = await Promise.all(
      Array.from({ length: 40 }, async (_, n) => {
        const { token = '' } = await (n % 2 ? second : first).ask();
        return decodeJwt(token).sub === (n % 2 ? zoe : maya).contactid;
      }),
    );
    expect(asked).not.toContain(false);
  });

  it('refuses forms that another site sends', async () => {
    expect(await openBrowser(running.url).post('/sign-in')).toBe(400);
  });
});
