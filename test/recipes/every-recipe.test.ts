/** What can be seen of every recipe without running it, the one in C# included. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const folder = fileURLToPath(new URL('../../demo/recipes/', import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  statSync(folder + file).isFile(),
);
const endpoints = files.filter(
  (file) => /\.(php|rb|py|java|cs)$/.test(file) && basename(file) !== 'registration.php',
);

console.warn(
  'NOT RUN: the recipe in C# (demo/recipes/LiveAssistToken.cs). No test here compiles or runs it.',
);

const settings = ['LIVE_ASSIST_ISSUER', 'LIVE_ASSIST_PRIVATE_KEY_FILE'].concat(
  ['URL', 'TOKEN_URL', 'CLIENT_ID', 'CLIENT_SECRET'].map((name) => `DYNAMICS_${name}`),
);

describe('every recipe', () => {
  it.each(endpoints)('%s marks one function to replace', (file) => {
    expect(readFileSync(folder + file, 'utf8').split('REPLACE THE BODY')).toHaveLength(2);
  });

  it.each(endpoints.filter((file) => !file.startsWith('magento')))(
    '%s explains each setting that it reads',
    (file) => {
      const text = readFileSync(folder + file, 'utf8');
      for (const setting of settings) expect(text.split(setting).length, setting).toBeGreaterThan(2);
      for (const [, setting] of text.matchAll(/["']((?:LIVE_ASSIST|DYNAMICS)_[A-Z_]+)["']/g))
        expect(settings).toContain(setting);
    },
  );

  it('the Magento module explains each setting that it reads', () => {
    const read = readFileSync(`${folder}magento/Controller/Token/Index.php`, 'utf8').matchAll(
      /(?:setting|address)\('(\w+)'\)/g,
    );
    const explained = readFileSync(`${folder}magento/registration.php`, 'utf8').matchAll(/'(\w+)' => '/g);
    const names = (found: Iterable<RegExpMatchArray>) =>
      [...new Set([...found].map(([, name]) => name))].sort();
    expect(names(read)).toEqual(names(explained));
  });

  it.each(endpoints)('%s says the sentences that all the others say', (file) => {
    // A sentence may be put together of two lines.
    const text = readFileSync(folder + file, 'utf8').replace(/"?['"]? ?[.+\\]?\n\s+[.+]? ?\$?['"]/g, '');
    for (const sentence of [
      /is not written like its example\. Does it begin with https:\/\/, and is nothing like <tenant id> left in it\?/,
      /answered no JSON object\. Is the address right\?/,
      /answered no list of contacts\. Is (DYNAMICS_URL|dynamics_url) right\?/,
      /answered a contactid that is no GUID\. Is (DYNAMICS_URL|dynamics_url) right\?/,
      /answered no access token\. Is the address right\?/,
      /cannot be read, or holds no RSA private key\. Is it the file that begins with BEGIN PRIVATE KEY, without a pass phrase\?/,
      /holds a key of .* bits\. Make a pair of 2048 bits\./,
      /Cookie, Authorization/,
    ])
      expect(text).toMatch(sentence);
  });

  it('the recipe in C#, which no other test reaches, takes everybody for signed out as delivered', () => {
    const text = readFileSync(`${folder}LiveAssistToken.cs`, 'utf8');
    expect(text).toMatch(/string\? Visitor\(HttpContext context\)\s*\{\s*return null;\s*\}/);
  });

  it.each(files)('%s holds nothing of its test', (file) => {
    expect(readFileSync(folder + file, 'utf8')).not.toMatch(/X.Visitor/i);
  });
});
