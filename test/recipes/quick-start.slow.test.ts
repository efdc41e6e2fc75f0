/**
 * The quick starts in docs/other-languages.md: the page's file and the page's commands, from the keys to a token.
 *
 * @module
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, generateKeys, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { commandLine } from '../cli/command-line.js';
import { commands, example, section } from '../docs/pages.js';
import { findCommand } from '../support/find-command.js';
import { runProgram } from './run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'quick-start-'));
afterAll(() => rmSync(folder, { recursive: true }));

const quickStarts = [
  {
    language: 'PHP',
    program: findCommand(['php'], ['-r', 'exit(extension_loaded("openssl") ? 0 : 1);'], {
      skipped: 'the quick start for PHP',
      needs: 'php with the openssl extension',
    }),
    recipe: 'php/live-assist-token.php',
    copy: 'public/live-assist-token.php',
    example: 'trial.php',
    file: 'public/trial.php',
    start: 'php ',
    ownPort: 'localhost:8080',
  },
  {
    language: 'Python',
    program: findCommand(['/usr/bin/python3', 'python3'], ['-c', 'import jwt, cryptography'], {
      skipped: 'the quick start for Python',
      needs: 'python with PyJWT and cryptography',
    }),
    recipe: 'python/live_assist_token.py',
    copy: 'live_assist_token.py',
    example: 'trial.py',
    file: 'trial.py',
    start: 'python3 ',
    ownPort: 'localhost:8000',
  },
];

describe.each(quickStarts)('the quick start for $language', (quickStart) => {
  it.skipIf(!quickStart.program)('leads to a token in which diagnose finds nothing wrong', async () => {
    const { privateKey, publicKey } = await generateKeys();
    mkdirSync(join(folder, 'public'), { recursive: true });
    writeFileSync(join(folder, 'private_key.pem'), privateKey);
    cpSync(`demo/recipes/${quickStart.recipe}`, join(folder, quickStart.copy));
    writeFileSync(join(folder, quickStart.file), example(quickStart.example));
    const documented = commands(section('docs/other-languages.md', quickStart.language));
    const started = documented.find((line) => line.startsWith(quickStart.start)) ?? '';
    const program = await runProgram(
      quickStart.program ?? '',
      started.replace(quickStart.ownPort, '127.0.0.1:0').split(' ').slice(1),
      { PORT: '0' },
      /http:\/\/127\.0\.0\.1:\d+/,
      folder,
    );
    try {
      const origin = new URL(program.url).origin;
      const response = await fetch(`${origin}/live-assist/token`);
      const expected = { publicKey: await publicKeyValue(publicKey), issuer: 'www.example.com' };
      const findings = await diagnose(response, expected);
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
      const check = documented.find((line) => line.includes(' diagnose ')) ?? '';
      const { out, code } = await commandLine(
        check.replace(`http://${quickStart.ownPort}`, origin).split(' ').slice(2),
      );
      expect(out).toContain('Nothing wrong was found.');
      expect(code).toBe(0);
    } finally {
      await program.stop();
    }
  });
});
