/**
 * The recipe in Python: by itself, and in views of Flask and Django.
 *
 * @module
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { ask } from './ask.js';
import { absoluteForms, otherTargets, otherWritings } from './cases/requests.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';
import { runProgram } from './run-program.js';

// Debian's own Python comes first, because another one on the path does not find Debian's packages.
const pythons = ['/usr/bin/python3', 'python3', 'python'];
const program = findCommand(
  pythons,
  ['-c', 'import sys, jwt, cryptography; sys.exit(sys.version_info < (3, 9))'],
  { skipped: 'the recipe in Python', needs: 'python 3.9 with PyJWT and cryptography' },
);

isATokenEndpoint({
  name: 'Python',
  file: 'python/live_assist_token.py',
  body: {
    delivered: '    return None\n\n\ndef application',
    replaced:
      '    from urllib.parse import unquote\n\n    return unquote(environ.get("HTTP_X_VISITOR", ""))\n\n\ndef application',
  },
  program,
  start: (folder) => [join(folder, 'python/live_assist_token.py')],
});

const users = {
  ada: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  bob: 'a0000000-0000-4000-8000-000000000002',
  /** Signed in, without a contact. */
  guest: '',
};
const contact = {
  contactid: users.ada,
  firstname: 'Ada',
  lastname: 'Lovelace',
  emailaddress1: 'ada@example.com',
  statecode: 0 as const,
};
const headers = {
  'Content-Type': 'application/json',
  'Cache-Control': 'no-store',
  Vary: 'Cookie, Authorization',
  'X-Content-Type-Options': 'nosniff',
};

describe('the Python recipe as a module', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-view-'));
  let dataverse: DataverseDouble;
  let settings: Record<string, string>;

  beforeAll(async () => {
    for (const source of ['../../demo/recipes/python/', './'])
      cpSync(fileURLToPath(new URL(source, import.meta.url)), folder, { recursive: true });
    dataverse = await startDataverse([contact, { ...contact, contactid: users.bob }]);
    writeFileSync(join(folder, 'private_key.pem'), (await generateKeys()).privateKey);
    settings = {
      LIVE_ASSIST_ISSUER: 'www.example.com',
      LIVE_ASSIST_PRIVATE_KEY_FILE: join(folder, 'private_key.pem'),
      DYNAMICS_URL: dataverse.url,
      DYNAMICS_TOKEN_URL: dataverse.tokenUrl,
      DYNAMICS_CLIENT_ID: dataverse.clientId,
      DYNAMICS_CLIENT_SECRET: dataverse.clientSecret,
    };
  });

  afterAll(async () => {
    await dataverse.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (python: string, args: string[]): Promise<Answer[]> => {
    const { stdout } = await promisify(execFile)(python, args, {
      cwd: folder,
      env: { PATH: process.env.PATH, ...settings },
    });
    return stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
  };

  it.skipIf(!program)('answers body, status and headers to a view that says who is signed in', async () => {
    const script = `
import json, uuid
from live_assist_token import PATH, respond
for who in (None, uuid.UUID("${contact.contactid}")):
    body, status, headers = respond({"REQUEST_METHOD": "GET", "PATH_INFO": PATH}, lambda _: who)
    print(json.dumps({"status": status, "headers": headers, "body": json.loads(body)}))`;
    const [guest, visitor] = await run(program ?? '', ['-c', script]);
    expect(guest).toEqual({ status: 401, headers, body: { error: 'signed-out' } });
    expect(visitor).toEqual({ status: 200, headers, body: { token: expect.any(String) } });
  });

  it.skipIf(!program)('answers 503 if the name of the token address is not resolved in time', async () => {
    const script = `
import json, os, socket, time
import live_assist_token
os.environ["DYNAMICS_TOKEN_URL"] = "https://login.example/token"
socket.getaddrinfo = lambda *_, **__: time.sleep(8)
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": live_assist_token.PATH}
body, status, headers = live_assist_token.respond(environ, lambda _: "ada@example.com")
print(json.dumps({"status": status, "headers": headers, "body": json.loads(body)}))`;
    const [answer] = await run(program ?? '', ['-c', script]);
    expect(answer).toEqual({
      status: 503,
      headers: { ...headers, 'Retry-After': '1' },
      body: { error: 'timeout' },
    });
  });

  const uwsgi = findCommand(['uwsgi'], ['--plugins', 'python3', '--version'], {
    skipped: 'the recipe in Python in uWSGI',
    needs: 'uwsgi with its plugin python3',
  });

  // uWSGI decodes and tidies the path that it passes on.
  it.skipIf(!uwsgi)('answers in uWSGI at no other spelling of its path', async () => {
    const site = `
import live_assist_token
live_assist_token.visitor.__code__ = (lambda environ: "${contact.contactid}").__code__
application = live_assist_token.application`;
    writeFileSync(join(folder, 'uwsgi_site.py'), site);
    const args = ['--plugins', 'python3', '--http-socket', '127.0.0.1:0', '--enable-threads', '--need-app'];
    const program = await runProgram(
      uwsgi ?? '',
      [...args, '--chdir', folder, '--wsgi-file', join(folder, 'uwsgi_site.py')],
      settings,
      /127\.0\.0\.1:\d+/,
    );
    const statusAt = async (path: string) => (await ask(`http://${program.url}`, path, 'GET', [])).status;
    expect(await statusAt('/live-assist/token?_=1')).toBe(200);
    for (const [name, write] of otherWritings)
      expect([name, await statusAt(write('/live-assist/token'))]).toEqual([name, 404]);
    for (const [targets, status] of [
      [absoluteForms, 200],
      [otherTargets, 404],
    ] as const)
      for (const [name, target] of targets)
        expect([name, await statusAt(target('/live-assist/token', '127.0.0.1'))]).toEqual([name, status]);
    await program.stop();
  });

  describe.each(['Flask', 'Flask-Session', 'Django'])('in %s', (framework) => {
    const modules =
      { Flask: 'flask, flask_login', 'Flask-Session': 'flask_login, flask_session' }[framework] ?? 'django';
    const python = findCommand(pythons, ['-c', `import jwt, ${modules}`], {
      skipped: `the recipe in Python in a view of ${framework}`,
      needs: `python with PyJWT and ${modules}`,
    });

    /** One browser, which signs in and out, and requests tokens from the example in the recipe's header. */
    const browse = async (...wishes: Wish[]): Promise<View[]> => {
      const child = execFile(
        python ?? '',
        ['python-frameworks-double.py', framework, JSON.stringify(users)],
        {
          cwd: folder,
          env: { PATH: process.env.PATH, ...settings },
        },
      );
      child.stdin?.end(wishes.map((wish) => `${JSON.stringify(wish)}\n`).join(''));
      let [out, errors] = ['', ''];
      child.stdout?.on('data', (chunk) => {
        out += chunk;
      });
      child.stderr?.on('data', (chunk) => {
        errors += chunk;
      });
      await once(child, 'close');
      const lines = out.split('\n').filter(Boolean);
      expect(lines, errors).toHaveLength(wishes.length);
      return lines.map((line) => JSON.parse(line));
    };
    const subject = ({ status, text }: View) =>
      status === 200 ? decodeJwt(JSON.parse(text).token).sub : JSON.parse(text).error;
    const asks = { do: 'ask', method: 'GET' } as const;

    it.skipIf(!python)('never gives a token for somebody who is not signed in any more', async () => {
      const said = await browse(
        asks,
        { do: 'sign-in', as: 'ada' },
        asks,
        { ...asks, method: 'POST' },
        { do: 'sign-out' },
        asks,
        { do: 'sign-in', as: 'bob' },
        asks,
        { do: 'sign-in', as: 'guest' },
        asks,
      );
      const answers = said.filter(({ text }) => text.includes('{'));
      expect(answers.map(subject)).toEqual([
        'signed-out',
        users.ada,
        users.ada,
        'signed-out',
        users.bob,
        'signed-out',
      ]);
      for (const answer of answers) {
        expect(answer.headers).toMatchObject(headers);
        expect(answer.headers['Set-Cookie']).toBeUndefined();
      }
    });

    const inFlask = framework === 'Flask' ? it.skipIf(!python) : () => {};
    inFlask('answers on a site that uses no session', async () => {
      const script = `
import json, re, textwrap, types
import live_assist_token
from flask import Flask
app = Flask("site")
user = types.SimpleNamespace(is_authenticated=True, dynamics_contact_id="${users.ada}")
code = textwrap.dedent(re.search(r" Flask:\\n((?:(?: {7}.*)?\\n)+)", live_assist_token.__doc__)[1])
exec(code, {**vars(live_assist_token), "app": app, "current_user": user})
answer = app.test_client().get(live_assist_token.PATH)
print(json.dumps({"status": answer.status_code, "token": (answer.json or {}).get("token")}))`;
      const [answer] = await run(python ?? '', ['-c', script]);
      expect(answer).toEqual({ status: 200, token: expect.any(String) });
    });

    it.skipIf(!python)(
      'leaves the visitor signed out, though an answer was in flight during the sign-out',
      async () => {
        const said = await browse({ do: 'sign-in', as: 'ada' }, { ...asks, meanwhile: true }, asks);
        expect(said.filter(({ text }) => text.includes('{')).map(subject)).toEqual([users.ada, 'signed-out']);
      },
    );

    const inDjango = framework === 'Django' ? it.skipIf(!python) : () => {};
    inDjango(
      'has no trial contact under ASGI, where a proxy that adds no header cannot be told apart',
      async () => {
        const script = `
import json, os
os.environ["LIVE_ASSIST_TRIAL_CONTACT"] = "${users.ada}"
import live_assist_token
from django.conf import settings
settings.configure()
from django.core.handlers.asgi import ASGIRequest
from django.core.handlers.wsgi import WSGIRequest
headers = [(b"host", b"127.0.0.1:8000")]
asgi = ASGIRequest({"type": "http", "http_version": "1.0", "method": "GET", "path": live_assist_token.PATH,
    "query_string": b"", "headers": headers, "client": ["127.0.0.1", 1], "server": ["127.0.0.1", 8000]}, None)
wsgi = {**asgi.META, "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": None}
for request in [asgi.META, wsgi]:
    body, status, headers = live_assist_token.respond(request, lambda _: None)
    print(json.dumps({"status": status}))`;
        expect(await run(python ?? '', ['-c', script])).toEqual([{ status: 401 }, { status: 200 }]);
      },
    );

    it.skipIf(!python)('gives no kept answer when the session has ended on the server', async () => {
      const said = await browse({ do: 'sign-in', as: 'ada' }, asks, { do: 'end' }, asks);
      expect(said.filter(({ text }) => text.includes('{')).map(subject)).toEqual([users.ada, 'signed-out']);
    });

    it.skipIf(!python)('answers every method with the same headers, and no other path', async () => {
      const said = await browse(
        { do: 'sign-in', as: 'ada' },
        ...['OPTIONS', 'PUT', 'HEAD', 'PROPFIND'].map((method) => ({ do: 'ask', method }) as const),
        ...['/', '/a.css', '%2Fa.css'].map((added) => ({ ...asks, at: `/live-assist/token${added}` })),
        { ...asks, read: '//live-assist/token', sent: '//live-assist/token' },
        { ...asks, read: '/live-assist/token', sent: '/static/..%2flive-assist/token' },
      );
      for (const answer of said.slice(1, 5)) {
        expect(answer.status).toBe(405);
        expect(answer.headers).toMatchObject({ ...headers, Allow: 'GET, POST' });
      }
      for (const answer of said.slice(5)) expect(answer.status).toBe(404);
    });
  });
});

type Wish =
  | { do: 'sign-in'; as: string }
  | { do: 'sign-out' }
  | { do: 'end' }
  | { do: 'ask'; method: string; at?: string; read?: string; sent?: string; meanwhile?: true };

interface View {
  status: number;
  headers: Record<string, string>;
  text: string;
}

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, string>;
}
