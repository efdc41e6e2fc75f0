/**
 * The lines for Devise in the recipe in Ruby, in Rails: one browser, one visitor after another.
 *
 * @module
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { ask } from './ask.js';
import { ada, adasId, guid } from './cases/contacts.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { type RunningProgram, runProgram } from './run-program.js';

const gems = ['jwt', 'puma', 'devise', 'active_record', 'action_mailer', 'sqlite3'];
const ruby = findCommand(['ruby'], ['-e', gems.map((gem) => `require "${gem}"`).join(';')], {
  skipped: 'the recipe in Ruby with Devise',
  needs: `ruby with the gems ${gems.join(', ')}`,
});

/** The recipe with the lines of its head for a site whose accounts have an address and no GUID. */
function recipeForAddresses(): string {
  const text = readFileSync(new URL('../../demo/recipes/ruby/live_assist_token.rb', import.meta.url), 'utf8');
  const [, example = ''] = /# With Devise([\s\S]*?)def visitor/.exec(text) ?? [];
  const lines = [...example.matchAll(/^ {4}# {19}(\S.*)$/gm)].map(([, line]) => line);
  const body = lines.filter((line) => line !== 'user&.dynamics_contact_id');
  expect(body).toHaveLength(3);
  const delivered = '      nil\n    end\n\n    def call';
  expect(text).toContain(delivered);
  return text.replace(delivered, () => `${body.join('\n')}\n    end\n\n    def call`);
}

describe.skipIf(!ruby).each(['reconfirmable', 'not reconfirmable'])('with Devise that is %s', (setting) => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-devise-'));
  let dataverse: DataverseDouble;
  let site: RunningProgram;

  beforeAll(async () => {
    dataverse = await startDataverse([
      ada,
      { ...ada, contactid: guid(2), emailaddress1: 'bob@example.com' },
      { ...ada, contactid: guid(3), emailaddress1: 'eve@example.com' },
    ]);
    writeFileSync(join(folder, 'live_assist_token.rb'), recipeForAddresses());
    writeFileSync(join(folder, 'private_key.pem'), (await generateKeys()).privateKey);
    const double = fileURLToPath(new URL('devise-double.rb', import.meta.url));
    site = await runProgram(ruby ?? '', ['-W0', double, folder, setting], {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(folder, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    });
  });
  afterAll(async () => {
    await site?.stop();
    await dataverse?.stop();
    rmSync(folder, { recursive: true });
  });

  const openBrowser = () => {
    let cookie = '';
    const go = async (path: string) => {
      const answer = await ask(site.url, path, 'GET', [['Cookie', cookie]]);
      const [set] = [answer.headers['set-cookie'] ?? []].flat().slice(-1);
      if (set) cookie = set.split(';')[0] ?? '';
      return answer;
    };
    const visitor = async () => {
      const { status, body } = await go('/live-assist/token');
      return status === 200
        ? decodeJwt((body as { token: string }).token).sub
        : (body as { error: string }).error;
    };
    return { go, visitor };
  };

  it('gives each visitor their own token, and only while the visitor is signed in', async () => {
    const { go, visitor } = openBrowser();
    const isProven = setting === 'reconfirmable';
    expect(await visitor()).toBe('signed-out');
    await go('/enter?as=ada');
    expect(await visitor()).toBe(isProven ? adasId : 'signed-out');
    await go('/leave');
    expect(await visitor()).toBe('signed-out');
    await go('/enter?as=bob');
    expect(await visitor()).toBe(isProven ? guid(2) : 'signed-out');
  });

  it('gives no token of somebody else to a user who takes that address', async () => {
    const { go, visitor } = openBrowser();
    await go('/enter?as=mallory');
    expect((await go('/change?email=ada@example.com')).status).toBe(200);
    expect(await visitor()).toBe(setting === 'reconfirmable' ? 'no-contact' : 'signed-out');
  });

  it('gives no token to a user who has never confirmed the address, though Devise lets that user in', async () => {
    const { go, visitor } = openBrowser();
    expect((await go('/enter?as=eve')).status).toBe(200);
    expect(await visitor()).toBe('signed-out');
  });
});
