/**
 * Limits of some languages only: the threads of a recipe's own server, and PHP's error handlers.
 *
 * @module
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { ask } from './ask.js';
import { compileJava, findJava, javaServer } from './java.js';
import { type RunningProgram, runProgram } from './run-program.js';

const folder = mkdtempSync(join(tmpdir(), 'live-assist-limits-'));
const programs: RunningProgram[] = [];
cpSync(fileURLToPath(new URL('../../demo/recipes', import.meta.url)), folder, { recursive: true });
afterAll(async () => {
  await Promise.all(programs.map((program) => program.stop()));
  rmSync(folder, { recursive: true });
});
const start = async (...args: Parameters<typeof runProgram>) => {
  const program = await runProgram(...args);
  programs.push(program);
  return program;
};

const servers = [
  {
    name: 'Python',
    program: findCommand(['/usr/bin/python3', 'python3'], ['-c', 'import jwt, cryptography'], {
      skipped: 'the built-in server of the recipe in Python',
      needs: 'python with PyJWT and cryptography',
    }),
    args: () => [join(folder, 'python/live_assist_token.py')],
  },
  {
    name: 'Java',
    program: findJava('the built-in server of the recipe in Java'),
    args: () => {
      compileJava(folder);
      return javaServer(folder);
    },
  },
];

describe.each(servers)('the built-in server of the recipe in $name', ({ program, args }) => {
  it.skipIf(!program)(
    'keeps few threads while 400 guests send half a request, and answers the next one',
    async () => {
      const server = await start(program ?? '', args(), { PORT: '0' });
      const { hostname, port } = new URL(server.url);
      const before = server.threads() ?? 0;
      const guests = Array.from({ length: 400 }, () => {
        const socket = connect(Number(port), hostname).on('error', () => undefined);
        socket.write('GET /live-assist/token HTTP/1.1\r\nHo');
        return socket;
      });
      await new Promise((resolve) => setTimeout(resolve, 2000));
      expect((server.threads() ?? 0) - before).toBeLessThan(40);
      for (const guest of guests.slice(20)) guest.destroy();
      expect(await ask(server.url, '/live-assist/token', 'GET', [])).toMatchObject({ status: 401 });
      for (const guest of guests) guest.destroy();
    },
  );
});

const php = findCommand(['php'], ['-r', 'exit(extension_loaded("curl") ? 0 : 1);'], {
  skipped: "PHP's handlers of errors",
  needs: 'php with the curl extension',
});

describe.skipIf(!php)('the recipe in PHP', () => {
  const serve = async (changes: Record<string, string>) => {
    const file = join(folder, 'php/live-assist-token.php');
    const home = mkdtempSync(join(folder, 'site-'));
    writeFileSync(
      join(home, 'token.php'),
      readFileSync(file, 'utf8').replace(
        '    return null;\n}\n\n/** Answers the request',
        "    return 'ada@example.com';\n}\n\n/** Answers the request",
      ),
    );
    // Like an error tracker, it also receives errors that @ suppresses.
    const handler = join(folder, 'handler.php');
    writeFileSync(
      handler,
      `<?php set_error_handler(function ($number, $text) { error_log("HANDLER: $text"); return true; });`,
    );
    const key = join(folder, 'private_key.pem');
    writeFileSync(key, (await generateKeys()).privateKey);
    const site = await start(
      php ?? '',
      ['-d', `auto_prepend_file=${handler}`, '-S', '127.0.0.1:0', '-t', home],
      {
        LIVE_ASSIST_ISSUER: 'www.example.com',
        LIVE_ASSIST_PRIVATE_KEY_FILE: key,
        DYNAMICS_URL: 'http://127.0.0.1:1',
        DYNAMICS_TOKEN_URL: 'http://127.0.0.1:1/token',
        DYNAMICS_CLIENT_ID: 'id',
        DYNAMICS_CLIENT_SECRET: 'a-secret',
        ...changes,
      },
    );
    return { site, home };
  };

  it("tells the site's own error handler nothing", async () => {
    for (const changes of [{}, { DYNAMICS_TOKEN_URL: 'https://no-such-host.invalid/token' }]) {
      const { site } = await serve(changes);
      expect(await ask(site.url, '/token.php', 'GET', [])).toMatchObject({
        status: 500,
        body: { error: 'failed' },
      });
      await expect.poll(site.log).toContain('DYNAMICS_TOKEN_URL could not be reached.');
      for (const leaked of ['HANDLER', 'example.com', 'a-secret', '127.0.0.1:1/'])
        expect(site.log()).not.toContain(leaked);
    }
  });

  it('refuses a key that everybody can download', async () => {
    const { site, home } = await serve({ LIVE_ASSIST_TRIAL_CONTACT: 'a0000000-0000-4000-8000-000000000001' });
    await site.stop();
    cpSync(join(folder, 'private_key.pem'), join(home, 'private_key.pem'));
    const open = await start(php ?? '', ['-S', '127.0.0.1:0', '-t', home], {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(home, 'private_key.pem'),
      LIVE_ASSIST_TRIAL_CONTACT: 'a0000000-0000-4000-8000-000000000001',
    });
    writeFileSync(join(home, 'guest.php'), readFileSync(join(folder, 'php/live-assist-token.php'), 'utf8'));
    expect(await ask(open.url, '/guest.php', 'GET', [])).toMatchObject({ status: 500 });
    await expect
      .poll(open.log)
      .toContain('LIVE_ASSIST_PRIVATE_KEY_FILE lies where everybody can download it.');
  });
});
