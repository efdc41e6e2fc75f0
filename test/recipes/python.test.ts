/** The recipe in Python: by itself, and in views of Flask and Django. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { decodeJwt } from 'jose';
import { generateKeys } from 'live-assist-bridge/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCommand } from '../support/find-command.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import { isATokenEndpoint } from './is-a-token-endpoint.js';

// Debian's own Python first: another one on the path does not see Debian's packages.
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

const contact = {
  contactid: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
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
    for (const source of ['../../demo/recipes/', './'])
      cpSync(fileURLToPath(new URL(source, import.meta.url)), folder, { recursive: true });
    dataverse = await startDataverse([contact]);
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
from live_assist_token import respond
for who in (None, uuid.UUID("${contact.contactid}")):
    body, status, headers = respond({"REQUEST_METHOD": "GET"}, lambda _: who)
    print(json.dumps({"status": status, "headers": headers, "body": json.loads(body)}))`;
    const [guest, visitor] = await run(program ?? '', ['-c', script]);
    expect(guest).toEqual({ status: 401, headers, body: { error: 'signed-out' } });
    expect(visitor).toEqual({ status: 200, headers, body: { token: expect.any(String) } });
  });

  describe.each(['Flask', 'Django'])('in %s', (framework) => {
    const python = findCommand(pythons, ['-c', `import jwt, ${framework.toLowerCase()}`], {
      skipped: `the recipe in Python in a view of ${framework}`,
      needs: `python with PyJWT and ${framework}`,
    });

    it.skipIf(!python)('answers a view of the lines in its head', async () => {
      const answers = await run(python ?? '', ['python-frameworks-double.py', framework, contact.contactid]);
      expect(answers.map(({ status }) => status)).toEqual([401, 401, 200, 200]);
      for (const { status, headers: sent, body } of answers) {
        expect(sent).toMatchObject(headers);
        if (status === 200) expect(decodeJwt(body.token ?? '').sub).toBe(contact.contactid);
      }
    });
  });
});

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: Record<string, string>;
}
