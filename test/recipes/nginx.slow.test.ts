/**
 * The proxy examples of the documentation, in the real nginx.
 *
 * @module
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { ask } from './ask.js';
import { ada, contacts } from './cases/contacts.js';
import { otherPaths } from './cases/requests.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { type RunningProgram, runProgram } from './run-program.js';

const needs = { skipped: 'the recipes behind nginx', needs: 'nginx, and python with PyJWT' };
const nginx = findCommand(['nginx', '/usr/sbin/nginx'], ['-v'], needs);
const python = findCommand(['/usr/bin/python3', 'python3'], ['-c', 'import jwt, cryptography'], needs);
const isThere = nginx !== undefined && python !== undefined;

const home = fileURLToPath(new URL('../../', import.meta.url));
const pages = [
  'README.md',
  ...(existsSync(join(home, 'docs')) ? readdirSync(join(home, 'docs')) : []).map((page) => `docs/${page}`),
];
const documented = pages
  .filter((page) => page.endsWith('.md'))
  .map((page) => readFileSync(join(home, page), 'utf8'))
  .join('\n');
const path = '/live-assist/token';

describe.skipIf(!isThere)('behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-nginx-'));
  let dataverse: DataverseDouble;
  let endpoint: RunningProgram;
  let port: number;
  let origin: string;
  /** Proxies on the same machine that add no header. */
  let bare: Record<'asDelivered' | 'sayingHost' | 'sayingNothing', string>;
  const conf = join(folder, 'nginx.conf');
  const run = (...args: string[]) =>
    execFileSync(nginx ?? '', ['-c', conf, '-p', folder, ...args], { stdio: 'pipe' });

  beforeAll(async () => {
    dataverse = await startDataverse(contacts);
    writeFileSync(join(folder, 'private_key.pem'), (await generateKeys()).privateKey);
    const recipe = readFileSync(
      fileURLToPath(new URL('../../demo/recipes/python/live_assist_token.py', import.meta.url)),
      'utf8',
    );
    const signedIn =
      '    return "ada@example.com" if "session=ada" in environ.get("HTTP_COOKIE", "") else None\n\n\ndef application';
    writeFileSync(join(folder, 'site.py'), recipe.replace('    return None\n\n\ndef application', signedIn));
    endpoint = await runProgram(python ?? '', [join(folder, 'site.py')], {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(folder, 'private_key.pem'),
      LIVE_ASSIST_TRIAL_CONTACT: ada.contactid,
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
      PORT: '0',
    });
    port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const upstream = new URL('/', endpoint.url).origin;
    const listening = async () => `127.0.0.1:${await freePort()}`;
    bare = {
      asDelivered: await listening(),
      sayingHost: await listening(),
      sayingNothing: await listening(),
    };
    mkdirSync(join(folder, 'logs'));
    const [example] = /proxy_set_header Host \S+;/.exec(documented) ?? [];
    expect(example).toBeDefined();
    // A cache by file extension, as in CDNs, which ignores the answer's headers.
    writeFileSync(
      conf,
      `daemon on; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log; worker_processes 1; events {}
      http {
        access_log off;
        client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
        uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
        proxy_cache_path ${folder}/cache keys_zone=all:1m;
        server {
          listen 127.0.0.1:${port};
          ${example}
          proxy_set_header X-Forwarded-For $remote_addr;
          location / { proxy_pass ${upstream}; }
          location ~ \\.(css|js)$ {
            proxy_pass ${upstream};
            proxy_cache all; proxy_cache_key $uri; proxy_cache_valid 200 1h;
            proxy_ignore_headers Cache-Control Vary Expires;
          }
        }
        server { listen ${bare.asDelivered}; location / { proxy_pass ${upstream}; } }
        server { listen ${bare.sayingHost}; proxy_http_version 1.1; ${example} location / { proxy_pass ${upstream}; } }
        server { listen ${bare.sayingNothing}; proxy_http_version 1.1; location / { proxy_pass ${upstream}; } }
      }`,
    );
    run();
  });

  afterAll(async () => {
    run('-s', 'stop');
    await endpoint.stop();
    await dataverse.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const cookie = ['Cookie', 'session=ada'] as const;

  it("accepts the site's own origin with its port, and refuses the same host on another port", async () => {
    expect(await ask(origin, path, 'GET', [cookie, ['Origin', origin]])).toMatchObject({ status: 200 });
    for (const other of ['http://127.0.0.1', `http://127.0.0.1:${port + 1}`, 'https://127.0.0.1'])
      expect(await ask(origin, path, 'GET', [cookie, ['Origin', other]])).toMatchObject({
        status: 403,
        body: { error: 'foreign-origin' },
      });
  });

  it.each(otherPaths)(
    'gives no token below the endpoint that a cache by extension could keep: %s',
    async (added) => {
      const signedIn = await ask(origin, path + added, 'GET', [cookie]);
      const guest = await ask(origin, path + added, 'GET', []);
      for (const { status, text } of [signedIn, guest]) {
        expect(status).not.toBe(200);
        expect(text).not.toContain('eyJ');
      }
    },
  );

  describe('with a trial contact', () => {
    const signedOut = { status: 401, body: { error: 'signed-out' } };
    const asks = (at: string, ...headers: [string, string][]) => ask(`http://${at}`, path, 'GET', headers);

    it('gives guests no token if the proxy adds a header', async () => {
      expect(await asks(new URL(origin).host, ['Host', 'localhost'])).toMatchObject(signedOut);
    });

    it('gives guests no token if the proxy adds none but speaks HTTP/1.0, as nginx did until 1.29.7', async () => {
      expect(await asks(bare.asDelivered, ['Host', 'www.example.com'])).toMatchObject(signedOut);
      expect(await asks(bare.asDelivered, ['Host', 'localhost'])).toMatchObject(signedOut);
    });

    it('gives guests no token if the proxy passes the public name on', async () => {
      expect(await asks(bare.sayingHost, ['Host', 'www.example.com'])).toMatchObject(signedOut);
    });

    it("gives a guest's browser no token if the proxy shows nothing, because the page is foreign", async () => {
      for (const header of [
        ['Referer', 'https://www.example.com/'],
        ['Origin', 'https://www.example.com'],
      ] as [string, string][])
        expect(await asks(bare.sayingNothing, ['Sec-Fetch-Site', 'same-origin'], header)).toMatchObject(
          signedOut,
        );
    });

    // As documented: such a request does not differ from one of this machine.
    it('cannot tell a program behind a proxy that shows nothing from one on this machine', async () => {
      for (const [at, host] of [
        [bare.sayingNothing, 'www.example.com'],
        [bare.sayingHost, 'localhost'],
      ] as const)
        expect(await asks(at, ['Host', host])).toMatchObject({ status: 200 });
    });
  });
});

const fpm = findCommand(['php-fpm', 'php-fpm8.2', 'php-fpm8.4', '/usr/sbin/php-fpm8.2'], ['-v'], {
  skipped: 'the recipe in PHP behind nginx',
  needs: 'php-fpm, of php-fpm',
});

describe.skipIf(!nginx || !fpm)('the recipe in PHP, in php-fpm behind nginx', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-fpm-'));
  const conf = join(folder, 'nginx.conf');
  const run = (...args: string[]) =>
    execFileSync(nginx ?? '', ['-c', conf, '-p', folder, ...args], { stdio: 'pipe' });
  let dataverse: DataverseDouble;
  let processes: ChildProcess;
  let origins: string[];

  beforeAll(async () => {
    dataverse = await startDataverse(contacts);
    const recipe = readFileSync(join(home, 'demo/recipes/php/live-assist-token.php'), 'utf8');
    mkdirSync(join(folder, 'www'));
    mkdirSync(join(folder, 'logs'));
    writeFileSync(
      join(folder, 'www/token.php'),
      recipe.replace('{\n    return null;\n}', "{\n    return 'ada@example.com';\n}"),
    );
    writeFileSync(join(folder, 'private_key.pem'), (await generateKeys()).privateKey);
    const [fcgi, ...ports] = [await freePort(), await freePort(), await freePort(), await freePort()];
    origins = ports.map((port) => `http://127.0.0.1:${port}`);
    const settings = {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(folder, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: `"${dataverse.clientSecret}"`,
    };
    writeFileSync(
      join(folder, 'fpm.conf'),
      `[global]\nerror_log = ${folder}/logs/fpm.log\n[www]\nlisten = 127.0.0.1:${fcgi}\npm = static\npm.max_children = 2
${process.getuid?.() === 0 ? 'user = root\ngroup = root\n' : ''}${Object.entries(settings)
  .map(([name, value]) => `env[${name}] = ${value}`)
  .join('\n')}\n`,
    );
    const parameters = Object.entries({
      SCRIPT_FILENAME: `${folder}/www$fastcgi_script_name`,
      SCRIPT_NAME: '$fastcgi_script_name',
      REQUEST_URI: '$request_uri',
      REQUEST_METHOD: '$request_method',
      QUERY_STRING: '$query_string',
    })
      .map(([name, value]) => `fastcgi_param ${name} ${value};`)
      .join(' ');
    const pass = `${parameters} fastcgi_pass 127.0.0.1:${fcgi};`;
    // As many guides write it, loosely, and as nginx' own manual does.
    const locations = [
      `location ~ \\.php$ { ${pass} }`,
      `location ~ \\.php { ${pass} }`,
      `location ~ \\.php { fastcgi_split_path_info ^(.+?\\.php)(/.*)$; fastcgi_param PATH_INFO $fastcgi_path_info; ${pass} }`,
    ];
    writeFileSync(
      conf,
      `daemon on; pid ${folder}/nginx.pid; error_log ${folder}/logs/error.log; worker_processes 1; events {}
      http {
        access_log off;
        client_body_temp_path ${folder}/a; proxy_temp_path ${folder}/b; fastcgi_temp_path ${folder}/c;
        uwsgi_temp_path ${folder}/d; scgi_temp_path ${folder}/e;
        ${ports.map((port, index) => `server { listen 127.0.0.1:${port}; ${locations[index]} }`).join('\n')}
      }`,
    );
    processes = spawn(fpm ?? '', [
      '--nodaemonize',
      '--allow-to-run-as-root',
      '--fpm-config',
      join(folder, 'fpm.conf'),
    ]);
    run();
  });

  afterAll(async () => {
    run('-s', 'stop');
    processes.kill();
    await dataverse.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('answers at its own path alone, however php-fpm is told of the path', async () => {
    // php-fpm takes a moment to start.
    await expect.poll(async () => (await ask(origins[0] ?? '', '/token.php', 'GET', [])).status).toBe(200);
    for (const origin of origins) {
      expect(await ask(origin, '/token.php', 'GET', [])).toMatchObject({ status: 200 });
      for (const added of [...otherPaths, '/a.php', '/token.php']) {
        const { status, text } = await ask(origin, `/token.php${added}`, 'GET', []);
        expect([added, status === 200]).toEqual([added, false]);
        expect(text).not.toContain('eyJ');
      }
    }
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
