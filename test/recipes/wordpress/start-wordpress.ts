/**
 * Installs Debian's WordPress with a database of its own into a folder, and serves it on a free port.
 *
 * @module
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type RunningProgram, runProgram } from '../run-program.js';

export interface WordPress extends RunningProgram {
  version: string;
  cleanUp(): Promise<void>;
}

const source = '/usr/share/wordpress';
const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const recipe = here('../../../demo/recipes/wordpress');

/** @param constants The constants of wp-config.php. */
export async function startWordPress(
  kind: 'single' | 'multi',
  users: Record<string, string>,
  constants: Record<string, string>,
  mustUse = '',
): Promise<WordPress> {
  const home = mkdtempSync(join(tmpdir(), 'live-assist-wordpress-'));
  const data = join(home, 'data');
  const socket = join(home, 'db.sock');
  execFileSync('mariadb-install-db', [
    ...['--no-defaults', `--datadir=${data}`, '--auth-root-authentication-method=normal', '--skip-test-db'],
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
  ]);
  const database = spawn(
    'mariadbd',
    [
      ...['--no-defaults', `--datadir=${data}`, `--socket=${socket}`, '--skip-networking'],
      ...['--skip-grant-tables', `--pid-file=${join(home, 'db.pid')}`],
      ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    ],
    { stdio: 'ignore' },
  );
  while (!existsSync(socket)) await sleep(100);
  execFileSync('mariadb', ['--no-defaults', `--socket=${socket}`, '-e', 'CREATE DATABASE wordpress']);

  const site = join(home, 'site');
  cpSync(source, site, { recursive: true, dereference: true });
  for (const folder of ['mu-plugins', 'themes/plain'])
    mkdirSync(join(site, 'wp-content', folder), { recursive: true });
  writeFileSync(join(site, 'wp-content/themes/plain/style.css'), '/* Theme Name: Plain */');
  writeFileSync(
    join(site, 'wp-content/themes/plain/index.php'),
    '<!doctype html><head><?php wp_head(); ?></head><body><?php wp_footer(); ?></body>',
  );
  execFileSync(process.execPath, [join(recipe, 'make-zip.mjs'), home]);
  writeFileSync(join(site, 'wp-content/mu-plugins/site.php'), `<?php\n${mustUse}`);
  writeFileSync(join(site, 'wp-config.php'), config(socket, constants));
  const php = (...args: string[]) =>
    execFileSync('php', ['-d', 'error_reporting=0', '-d', 'sendmail_path=/bin/true', ...args], {
      stdio: 'pipe',
      env: { PATH: process.env.PATH, CONTACTS: JSON.stringify(users) },
    });
  php(here('install-wordpress.php'), site, kind, join(home, 'live-assist-token.zip'));
  if (kind === 'multi') php(here('install-second-site.php'), site);

  const server = await runProgram('php', ['-S', '127.0.0.1:0', '-t', site], { PHP_CLI_SERVER_WORKERS: '2' });
  const version = php('-r', `require '${site}/wp-includes/version.php'; echo $wp_version;`).toString();
  return {
    ...server,
    version,
    async cleanUp() {
      await server.stop();
      database.kill('SIGKILL');
      await once(database, 'exit');
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function config(socket: string, constants: Record<string, string>): string {
  const all = {
    ...{ DB_NAME: 'wordpress', DB_USER: 'root', DB_PASSWORD: '', DB_HOST: `localhost:${socket}` },
    ...{ DB_CHARSET: 'utf8mb4', DB_COLLATE: '' },
    ...Object.fromEntries(
      ['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'].map((name) => [`${name}_KEY`, `of ${name}`]),
    ),
    ...constants,
  };
  const lines = Object.entries(all).map(([name, value]) => `define('${name}', ${JSON.stringify(value)});`);
  return [
    '<?php',
    ...lines,
    "define('WP_ALLOW_MULTISITE', true);",
    "define('WP_HTTP_BLOCK_EXTERNAL', true);",
    "define('WP_DEFAULT_THEME', 'plain');",
    "define('FS_METHOD', 'direct');",
    "define('DISABLE_WP_CRON', true);",
    "define('WP_DEBUG', true); define('WP_DEBUG_DISPLAY', true);",
    '/* NETWORK */',
    "$table_prefix = 'wp_';",
    "defined('ABSPATH') || define('ABSPATH', __DIR__ . '/');",
    "require_once ABSPATH . 'wp-settings.php';",
    '',
  ].join('\n');
}
