/**
 * The minimal sites beside the recipes: one browser, one visitor after another.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './ask.js';
import { ada, guid } from './cases/contacts.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { type RunningProgram, runProgram } from './run-program.js';
import { findSites } from './sites.js';

const sites = findSites();

describe.each(sites)('the minimal site in $name', ({ program, args }) => {
  let dataverse: DataverseDouble;
  let site: RunningProgram;
  beforeAll(async () => {
    if (!program) return;
    dataverse = await startDataverse([
      { ...ada, emailaddress1: 'maya@example.com' },
      { ...ada, contactid: guid(2), emailaddress1: 'zoe@example.com' },
    ]);
    site = await runProgram(program, args, {
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
      PORT: '0',
      // No __pycache__ beside the recipe, which is packed.
      PYTHONDONTWRITEBYTECODE: '1',
    });
  });
  afterAll(async () => {
    await site?.stop();
    await dataverse?.stop();
  });

  it.skipIf(!program)('signs in and out, and gives each visitor their own token', async () => {
    let cookie = '';
    const go = async (path: string, form?: string) => {
      const answer = await ask(
        site.url,
        path,
        form === undefined ? 'GET' : 'POST',
        [['Cookie', cookie]],
        form,
      );
      const [set] = [answer.headers['set-cookie'] ?? []].flat().slice(-1);
      if (set) cookie = set.split(';')[0] ?? '';
      return answer;
    };
    const said = [];
    for (const name of ['', 'maya', '', 'zoe', 'tom', 'nobody-knows']) {
      await go('/', `as=${name}`);
      expect((await go('/')).text).toContain(`data-visitor="${name === 'nobody-knows' ? '' : name}"`);
      const { status, body } = await go('/live-assist/token');
      said.push(
        status === 200 ? decodeJwt((body as { token: string }).token).sub : (body as { error: string }).error,
      );
    }
    expect(said).toEqual([
      'signed-out',
      ada.contactid.toLowerCase(),
      'signed-out',
      guid(2),
      'no-contact',
      'signed-out',
    ]);
  });
});

describe.each(sites)('the minimal site in $name, with a trial contact', ({ program, args }) => {
  it.skipIf(!program)('names a guest in its tag, so that the bridge asks for the trial token', async () => {
    const site = await runProgram(program ?? '', args, {
      LIVE_ASSIST_TRIAL_CONTACT: ada.contactid,
      PORT: '0',
      PYTHONDONTWRITEBYTECODE: '1',
    });
    const { text } = await ask(site.url, '/', 'GET', []);
    const { status } = await ask(site.url, '/live-assist/token', 'GET', []);
    await site.stop();
    expect(text).toContain('data-visitor="trial"');
    expect(status).toBe(200);
  });
});

describe('the minimal site in PHP', () => {
  const [php] = sites;
  it.skipIf(!php?.program)('signs nobody in if another server runs it', async () => {
    const path = php?.args.at(-1) ?? '';
    const { stdout } = await promisify(execFile)(php?.program ?? '', ['-f', path]);
    expect(stdout).toBe('');
  });

  it.skipIf(!php?.program || !process.getuid)(
    'keeps its key where only this user can read or replace it',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'live-assist-site-'));
      const site = await runProgram(php?.program ?? '', php?.args ?? [], { TMPDIR: folder });
      const own = join(folder, `live-assist-demo-${process.getuid?.()}`);
      expect((await ask(site.url, '/', 'GET', [])).text).toContain('Signed in: nobody');
      const modes = [own, join(own, 'private_key.pem')].map((path) => statSync(path).mode & 0o777);
      expect(modes).toEqual([0o700, 0o600]);
      chmodSync(own, 0o777);
      const { text } = await ask(site.url, '/', 'GET', []);
      expect(text).toBe(`${own} is open to others. Remove it, or set LIVE_ASSIST_PRIVATE_KEY_FILE.`);
      await site.stop();
      rmSync(folder, { recursive: true });
    },
  );
});
