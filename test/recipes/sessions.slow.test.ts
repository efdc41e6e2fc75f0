/**
 * The examples in the recipes with sessions of PHP, Rack and servlets: one browser, one visitor after another.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { ask } from './ask.js';
import { adasId, contacts, guid } from './cases/contacts.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { type RunningProgram, runProgram } from './run-program.js';

const users = { ada: adasId, bob: guid(2), nobody: '' };
const recipe = (file: string) =>
  readFileSync(fileURLToPath(new URL(`../../demo/recipes/${file}`, import.meta.url)), 'utf8');

/** The lines of a head's example: what stands after the label, until the next label or the end of the comment. */
function example(text: string, label: string): string {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => line.includes(`${label}:  `));
  const indent = (lines[start] ?? '').indexOf(`${label}:`) + 'At the sign-out:  '.length;
  if (start < 0) throw new Error(`The example has no line "${label}".`);
  const found = [];
  for (let at = start; at === start || /^\s*[*#]\s{15,}\S/.test(lines[at] ?? ''); at++)
    found.push(lines[at]?.slice(indent));
  return found.join('\n');
}

const php = findCommand(['php'], ['-r', 'exit(extension_loaded("curl") ? 0 : 1);'], {
  skipped: 'the example with PHP sessions',
  needs: 'php with the curl extension',
});
const ruby = findCommand(['ruby'], ['-e', 'require "jwt"; require "rack"; require "puma"'], {
  skipped: 'the example with Rack sessions',
  needs: 'ruby with the gems jwt, rack and puma',
});
const tomcat = [
  'catalina',
  'coyote',
  'juli',
  'servlet-api',
  'api',
  'annotations-api',
  'jaspic-api',
  'jni',
  'util',
  'util-scan',
]
  .map((jar) => `/usr/share/java/tomcat10-${jar}.jar`)
  .join(':');
const java =
  findCommand(['sh'], ['-c', `test -f ${tomcat.split(':')[0]} && javac --release 17 --version`], {
    skipped: 'the example with HttpSession',
    needs: 'a JDK of version 17 or newer, and libtomcat10-java',
  }) && 'java';

const sites = [
  {
    name: 'HttpSession',
    program: java,
    token: '/live-assist/token',
    write(folder: string) {
      const text = recipe('java/LiveAssistToken.java');
      const lines = [...text.matchAll(/^\/\/ {8}(\s*\S.*)$/gm)].map(([, line]) => line).join('\n');
      const site = readFileSync(new URL('ServletSite.java', import.meta.url), 'utf8')
        .replace('// THE HEAD', () => lines)
        .replace('// HERE', () => example(text, 'Here'))
        .replace('// AT THE SIGN-IN', () => example(text, 'At the sign-in'))
        .replace('// AT THE SIGN-OUT', () => example(text, 'At the sign-out'))
        .replace('// CONTACTS', () =>
          Object.entries(users)
            .map((one) => JSON.stringify(one).slice(1, -1))
            .join(', '),
        );
      const files = {
        'ServletSite.java': site,
        'LiveAssistToken.java': `package com.example.site;\n${text}`,
      };
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
      const names = Object.keys(files).map((name) => join(folder, name));
      execFileSync('javac', ['-cp', tomcat, '-d', folder, ...names]);
      return ['-cp', `${folder}:${tomcat}`, 'com.example.web.ServletSite', folder];
    },
  },
  {
    name: 'PHP sessions',
    program: php,
    token: '/token.php',
    write(folder: string) {
      const text = recipe('php/live-assist-token.php');
      const site = (body: string) => `<?php
        const USERS = ${JSON.stringify(users).replaceAll(':', '=>').replace('{', '[').replace('}', ']')};
        ${body}`;
      writeFileSync(
        join(folder, 'token.php'),
        text.replace(
          '{\n    return null;\n}\n\n/** Answers the request',
          `{\n${example(text, 'Here')}\n}\n\n/** Answers the request`,
        ),
      );
      writeFileSync(
        join(folder, 'sign-in.php'),
        site(`session_start(); $name = $_GET['as'];
          $user = (object) ['id' => $name, 'dynamics_contact_id' => USERS[$name]];
          ${example(text, 'At the sign-in')}`),
      );
      // The site signs visitors in independently of the recipe, as before the recipe was added.
      writeFileSync(
        join(folder, 'sign-in-only.php'),
        site("session_start(); $_SESSION['user_id'] = $_GET['as'];"),
      );
      writeFileSync(
        join(folder, 'sign-out.php'),
        site(`session_start();\n${example(text, 'At the sign-out')}`),
      );
      writeFileSync(join(folder, 'sign-out-only.php'), site("session_start(); unset($_SESSION['user_id']);"));
      return ['-S', '127.0.0.1:0', '-t', folder];
    },
  },
  {
    name: 'Rack sessions',
    program: ruby,
    token: '/live-assist/token',
    write(folder: string) {
      const text = recipe('ruby/live_assist_token.rb');
      writeFileSync(
        join(folder, 'live_assist_token.rb'),
        text.replace(
          '      nil\n    end\n\n    def call',
          `${example(text, 'Here')}\n    end\n\n    def call`,
        ),
      );
      writeFileSync(
        join(folder, 'site.rb'),
        `require "json"
require "ostruct"
require "puma"
require "rack"
require "rack/session/pool"
require_relative "live_assist_token"
USERS = JSON.parse('${JSON.stringify(users)}')
site = lambda do |env|
  session = env["rack.session"]
  name = Rack::Utils.parse_query(env["QUERY_STRING"])["as"]
  user = OpenStruct.new(id: name, dynamics_contact_id: USERS[name])
  case env["PATH_INFO"]
  when "/sign-in.php"
    ${example(text, 'At the sign-in')}
  when "/sign-in-only.php" then session["user_id"] = name
  when "/sign-out.php"
    ${example(text, 'At the sign-out')}
  when "/sign-out-only.php" then session.delete("user_id")
  end
  [200, { "content-type" => "text/plain" }, []]
end
app = Rack::Builder.app do
  # Like Redis or a database, it keeps sessions on the server: a planted id would stay the visitor's.
  use Rack::Session::Pool
  map(LiveAssistToken::PATH) { run LiveAssistToken }
  run site
end
server = Puma::Server.new(app)
port = server.add_tcp_listener("127.0.0.1", 0).addr[1]
$stdout.puts "http://127.0.0.1:#{port}"
$stdout.flush
server.run.join
`,
      );
      return [join(folder, 'site.rb')];
    },
  },
];

describe.each(sites)('the example with $name', ({ program, token, write }) => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-session-'));
  let dataverse: DataverseDouble;
  let site: RunningProgram;

  beforeAll(async () => {
    if (!program) return;
    dataverse = await startDataverse(contacts);
    const key = join(mkdtempSync(join(tmpdir(), 'live-assist-key-')), 'private_key.pem');
    writeFileSync(key, (await generateKeys()).privateKey);
    site = await runProgram(program, write(folder), {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: key,
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
    const cookies = new Map<string, string>();
    const go = async (path: string) => {
      const sent: [string, string][] = cookies.size
        ? [['Cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')]]
        : [];
      const answer = await ask(site.url, path, 'GET', sent);
      for (const line of [answer.headers['set-cookie'] ?? []].flat()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        cookies.set(name, value);
      }
      return answer;
    };
    const visitor = async () => {
      const { status, body } = await go(token);
      return status === 200
        ? decodeJwt((body as { token: string }).token).sub
        : (body as { error: string }).error;
    };
    return { go, visitor, cookies };
  };

  it.skipIf(!program)('never gives a token for somebody who is not signed in any more', async () => {
    for (const [signOut, signIn] of [
      ['/sign-out.php', '/sign-in.php'],
      ['/sign-out-only.php', '/sign-in.php'],
      ['/sign-out.php', '/sign-in-only.php'],
      ['/sign-out-only.php', '/sign-in-only.php'],
    ] as const) {
      const { go, visitor } = openBrowser();
      expect(await visitor()).toBe('signed-out');
      await go('/sign-in.php?as=ada');
      expect(await visitor()).toBe(users.ada);
      await go(signOut);
      expect(await visitor()).toBe('signed-out');
      await go(`${signIn}?as=bob`);
      expect(await visitor()).toBe(signIn === '/sign-in.php' ? users.bob : 'signed-out');
      await go(signOut);
      await go('/sign-in.php?as=nobody');
      expect(await visitor()).toBe('signed-out');
    }
  });

  it.skipIf(!program)('gives no token to whoever has planted a session in the browser', async () => {
    const [attacker, victim] = [openBrowser(), openBrowser()];
    await attacker.go('/sign-in-only.php?as=mallory');
    expect(attacker.cookies.size).toBe(1);
    for (const [name, value] of attacker.cookies) victim.cookies.set(name, value);
    await victim.go('/sign-in.php?as=ada');
    expect(await victim.visitor()).toBe(users.ada);
    expect(await attacker.visitor()).toBe('signed-out');
  });

  // PHP's own server answers one request at a time. The recipe closes the session before it asks Dynamics.
  it.skipIf(!program || program === php)(
    'leaves the visitor signed out, though an answer was in flight during the sign-out',
    async () => {
      for (const signOut of ['/sign-out.php', '/sign-out-only.php']) {
        const { go, visitor } = openBrowser();
        await go('/sign-in.php?as=ada');
        const asked = new Promise<ServerResponse>((resolve) => {
          dataverse.fault = resolve;
        });
        const inFlight = visitor();
        const response = await asked;
        dataverse.fault = undefined;
        await go(signOut);
        response.end('{"value":[]}');
        expect(await inFlight).toBe('no-contact');
        expect(await visitor()).toBe('signed-out');
      }
    },
  );

  it.skipIf(!program)('never gives a token for a former visitor who did not sign out', async () => {
    const { go, visitor } = openBrowser();
    await go('/sign-in.php?as=ada');
    expect(await visitor()).toBe(users.ada);
    await go('/sign-in-only.php?as=bob');
    expect(await visitor()).toBe('signed-out');
    await go('/sign-in.php?as=bob');
    expect(await visitor()).toBe(users.bob);
  });
});
