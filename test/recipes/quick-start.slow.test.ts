/**
 * The quick start for PHP in docs/other-languages.md: the page's file and the page's command, from the keys to a token.
 *
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { commands, example, section } from '../docs/pages.js';
import { findCommand } from '../support/find-command.js';
import { runProgram } from './run-program.js';

const php = findCommand(['php'], ['-r', 'exit(extension_loaded("openssl") ? 0 : 1);'], {
  skipped: 'the quick start for PHP',
  needs: 'php with the openssl extension',
});
const folder = mkdtempSync(join(tmpdir(), 'php-quick-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.skipIf(!php)('the quick start for PHP', () => {
  it('leads to a token in which diagnose finds nothing wrong', async () => {
    const { privateKey, publicKey } = await generateKeys();
    mkdirSync(join(folder, 'public'));
    writeFileSync(join(folder, 'private_key.pem'), privateKey);
    cpSync('demo/recipes/php/live-assist-token.php', join(folder, 'public/live-assist-token.php'));
    writeFileSync(join(folder, 'public/trial.php'), example('trial.php'));
    const line = commands(section('docs/other-languages.md', 'PHP')).find((line) => line.startsWith('php '));
    const args = (line ?? '').replace('localhost:8080', '127.0.0.1:0').split(' ').slice(1);
    const program = await runProgram(php ?? '', args, {}, /http:\/\/127\.0\.0\.1:\d+/, folder);
    try {
      const response = await fetch(`${program.url}/live-assist/token`);
      const expected = { publicKey: await publicKeyValue(publicKey), issuer: 'www.example.com' };
      const findings = await diagnose(response, expected);
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    } finally {
      await program.stop();
    }
  });
});
