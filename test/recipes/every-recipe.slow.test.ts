/**
 * Checks of every recipe that need not run it.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../demo/recipes/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => statSync(folder + file).isFile() && !/(^|\/)(bin|obj)\//.test(file),
);
/** Files with the function that says who is signed in. The recipe for ASP.NET Core takes it as an argument. */
const withVisitor = files.filter((file) =>
  /^(live-assist-token\.php|live_assist_token\.(rb|py)|LiveAssistToken\.java|LiveAssistTokenHandler\.cs|Index\.php)$/.test(
    basename(file),
  ),
);
/** Files that answer, in the languages whose sentences are compared here. */
const endpoints = files.filter((file) =>
  /^(live_assist_token\.(rb|py)|LiveAssistToken\.java|LiveAssistTokens\.cs|LiveAssistTokenHandler\.cs)$|^php\/live-assist-token\.php$|oken-?[eE]ndpoint\.php$/.test(
    file.startsWith('php/') ? file : basename(file),
  ),
);

const settings = ['LIVE_ASSIST_ISSUER', 'LIVE_ASSIST_PRIVATE_KEY_FILE', 'LIVE_ASSIST_TRIAL_CONTACT'].concat(
  ['URL', 'TOKEN_URL', 'CLIENT_ID', 'CLIENT_SECRET'].map((name) => `DYNAMICS_${name}`),
);
const explaining = [
  ...['php/live-assist-token.php', 'python/live_assist_token.py', 'ruby/live_assist_token.rb'],
  ...[
    'java/LiveAssistToken.java',
    'dotnet/LiveAssistTokens.cs',
    'dotnet-framework/LiveAssistTokenHandler.cs',
    'wordpress/live-assist-token/live-assist-token.php',
    'magento/registration.php',
  ],
];

describe('every recipe', () => {
  it('is found here', () => {
    expect(withVisitor).toHaveLength(7);
    expect(endpoints).toHaveLength(8);
  });

  it.each(withVisitor)(
    '%s marks one function to replace, and says that an address must be proven',
    (file) => {
      const text = readFileSync(folder + file, 'utf8');
      expect(text.split('REPLACE THE BODY')).toHaveLength(2);
      expect(text).toMatch(/PROVEN|has proven/);
    },
  );

  it.each(explaining)('%s explains each setting', (file) => {
    const text = readFileSync(folder + file, 'utf8');
    for (const setting of settings) expect(text, setting).toContain(setting);
  });

  it.each(endpoints)('%s reads no setting that is not explained', (file) => {
    const text = readFileSync(folder + file, 'utf8');
    for (const [, setting] of text.matchAll(/["']((?:LIVE_ASSIST|DYNAMICS)_[A-Z_]+)["']/g))
      expect(settings).toContain(setting);
  });

  it.each(files)('%s contains nothing of its test', (file) => {
    expect(readFileSync(folder + file, 'utf8')).not.toMatch(/X.Visitor/i);
  });

  it('is packed without keys and without compiler output', () => {
    const home = mkdtempSync(join(tmpdir(), 'live-assist-pack-'));
    const packed = 'demo/recipes/dotnet';
    cpSync(join(folder, 'dotnet'), join(home, packed), { recursive: true });
    for (const file of ['bin/site.dll', 'obj/assets.json', 'private_key.pem', 'public_key.pem']) {
      mkdirSync(dirname(join(home, packed, file)), { recursive: true });
      writeFileSync(join(home, packed, file), 'x');
    }
    writeFileSync(
      join(home, 'package.json'),
      JSON.stringify({ name: 'packed', version: '1.0.0', files: ['demo/recipes'] }),
    );
    const listed = execFileSync('npm', ['pack', '--dry-run', '--json'], {
      cwd: home,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    expect(listed).toContain(`${packed}/LiveAssistTokens.cs`);
    expect(listed).not.toMatch(/\.pem|\/(bin|obj)\//);
    rmSync(home, { recursive: true });
  });
});
