/**
 * What every recipe must do, in every language. The inputs are in cases/.
 *
 * @module
 */
import { once } from 'node:events';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { importSPKI, jwtVerify } from 'jose';
import { createMinter, diagnose, generateKeys, KeyError, publicKeyValue } from 'live-assist-bridge/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { privateKeys, publicKeys, publicPem } from '../key/artifacts.js';
import { findCommand } from '../support/find-command.js';
import { listen } from '../support/listen.js';
import { type Answer, ask as askAt } from './ask.js';
import { ada, adasId, contacts, guid } from './cases/contacts.js';
import { lookups } from './cases/dynamics-answers.js';
import { encryptedKey, keyFiles, noKey, passPhrase, withWrongLetter } from './cases/key-files.js';
import type { Outcome } from './cases/outcome.js';
import { grants, refusals } from './cases/refusals.js';
import {
  absoluteForms,
  foreign,
  otherMethods,
  otherPaths,
  otherTargets,
  otherWritings,
  own,
} from './cases/requests.js';
import { settings } from './cases/settings.js';
import { trials } from './cases/trials.js';
import { found, unknown } from './cases/visitors.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';
import type { RunningProgram } from './run-program.js';
import { createSiteOwner, type Recipe, type SiteOwner } from './site-owner.js';

/** A page of the site itself, in a current browser. */
const ownPage = { 'Sec-Fetch-Site': 'same-origin' };

/** The slow and the endless answers. */
const measured = [
  'one byte of the body each second',
  'one byte of the headers each second',
  'without end',
  'gzip of 100 MB',
];

/** The one sentence about a path that is not the endpoint's. */
const otherPath =
  "Live Assist token: The path that was sent is not the exact path of the endpoint, so the answer was 404. Use one path in the bridge's tokenEndpoint, the recipe and the proxy.";

const errors = { 401: 'signed-out', 500: 'failed', 503: 'timeout' } as const;

const terminal = findCommand(['script'], ['--version'], {
  skipped: 'what the recipes do at a terminal',
  needs: 'script, of util-linux',
});

/** The limit in milliseconds, for a recipe that is compiled first on a busy machine. */
const compiling = 600_000;

export function isATokenEndpoint(recipe: Recipe): void {
  const path = recipe.path ?? '/live-assist/token';

  describe.skipIf(!recipe.program)(`the ${recipe.name} recipe`, () => {
    let dataverse: DataverseDouble;
    let owner: SiteOwner;
    let pastedKey: string;
    let endpoint: RunningProgram;
    let withOtherKey: RunningProgram | undefined;

    beforeAll(async () => {
      const keys = await generateKeys();
      pastedKey = await publicKeyValue(keys.publicKey);
      dataverse = await startDataverse(contacts);
      owner = createSiteOwner(recipe, dataverse, keys);
      endpoint = await owner.run('with-session');
    }, compiling);

    beforeEach(() => {
      dataverse.asked = [];
      dataverse.fault = undefined;
      dataverse.tokenFault = undefined;
    });

    afterAll(async () => {
      await owner?.cleanUp();
      await dataverse?.stop();
    });

    const ask = async (
      visitor: string | null,
      { method = 'GET', headers = ownPage, of = endpoint, at = path, version = '1.1' }: Ask = {},
    ): Promise<Answer> => {
      const session = visitor === null ? {} : { 'X-Visitor': encodeURIComponent(visitor) };
      const list = Array.isArray(headers) ? headers : Object.entries(headers);
      return askAt(of.url, at, method, [...Object.entries(session), ...list], undefined, version);
    };

    /** No answer may be stored anywhere. */
    const expectHeaders = ({ status, headers }: Answer) => {
      expect(headers).toMatchObject({
        'cache-control': 'no-store',
        vary: 'Cookie, Authorization',
        'x-content-type-options': 'nosniff',
        'content-type': expect.stringMatching(/^application\/json\b/),
      });
      expect(headers.allow).toBe(status === 405 ? 'GET, POST' : undefined);
      expect(headers['retry-after']).toBe(status === 503 ? '1' : undefined);
      expect(headers['access-control-allow-origin']).toBeUndefined();
      // A cookie that renews the session would bring it back after a sign-out in between.
      expect(headers['set-cookie']).toBeUndefined();
    };

    const claimsIn = async ({ status, body }: Answer) => {
      expect({ status, body }).toEqual({ status: 200, body: { token: expect.any(String) } });
      const { token } = body as { token: string };
      const key = await importSPKI(owner.publicKey, 'RS256');
      const { payload, protectedHeader } = await jwtVerify(token, key, {
        algorithms: ['RS256'],
        issuer: owner.issuer,
      });
      expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT' });
      const findings = await diagnose(token, { publicKey: pastedKey, issuer: owner.issuer });
      // Half an emoji cannot be repaired, and diagnose rightly reports its replacement.
      const isMended = JSON.stringify(payload).includes('\ufffd');
      expect(
        findings.filter(({ level, code }) => level !== 'note' && !(isMended && code === 'name-garbled')),
      ).toEqual([]);
      return payload;
    };

    /** Sends a request, and expects one sentence of the recipe in the log, or nothing. */
    const expectOutcome = async (
      { status, log }: Outcome,
      visitor: string | null = 'ada@example.com',
      how: Ask = {},
    ): Promise<Answer> => {
      const of = how.of ?? endpoint;
      const before = of.log().length;
      const answer = await ask(visitor, how);
      expectHeaders(answer);
      const said = () => of.log().slice(before);
      if (log) await expect.poll(said).toMatch(/Live Assist token: .*\. ?.*[.?]/);
      expect(said().match(/Live Assist token: .*/g) ?? []).toEqual(log ? [expect.stringMatching(log)] : []);
      expect(answer.status, said()).toBe(status);
      if (status === 200) expect(answer.body).toEqual({ token: expect.any(String) });
      else if (status === 403) expect(answer.body).toEqual({ error: 'no-contact' });
      else expect(answer.body).toEqual({ error: errors[status] });
      return answer;
    };

    it('answers a signed-in visitor with a token of two hours, issued one second ago', async () => {
      const before = Math.floor(Date.now() / 1000);
      const { iat = 0, exp, ...claims } = await claimsIn(await ask('ada@example.com'));
      expect(claims).toEqual({
        sub: adasId,
        given_name: 'Ada',
        family_name: 'Lovelace',
        iss: owner.issuer,
      });
      expect(iat).toSatisfy(Number.isInteger);
      expect(iat).toBeGreaterThanOrEqual(before - 1);
      expect(iat).toBeLessThanOrEqual(Date.now() / 1000 - 1);
      expect(exp).toBe(iat + 7200);
    });

    it('gives an answer in which diagnose finds nothing wrong', async () => {
      const response = await fetch(new URL(path, endpoint.url), {
        headers: { 'X-Visitor': 'ada@example.com', ...ownPage },
      });
      const findings = await diagnose(response, { publicKey: pastedKey, issuer: owner.issuer });
      expect(findings.filter(({ level }) => level !== 'note')).toEqual([]);
    });

    it('answers a POST too', async () => {
      await expectOutcome({ status: 200 }, 'ada@example.com', { method: 'POST' });
    });

    it.each(found)('finds the contact by %s', async (_, visitor, sub, given_name, family_name) => {
      const { iat: _iat, exp: _exp, iss: _iss, ...claims } = await claimsIn(await ask(visitor));
      expect(claims).toEqual({ sub, ...(given_name && { given_name }), ...(family_name && { family_name }) });
    });

    it.each(unknown)('answers 403 if the contact is %s', async (_, visitor, log) => {
      await expectOutcome({ status: 403, ...(log && { log }) }, visitor);
    });

    it('answers 401 if nobody is signed in, and does not ask the CRM', async () => {
      for (const visitor of [null, '']) await expectOutcome({ status: 401 }, visitor);
      expect(dataverse.asked).toEqual([]);
    });

    it(
      'takes everybody for signed out as long as it is as delivered',
      async () => {
        const of = await owner.run('as-delivered');
        for (const visitor of ['ada@example.com', ada.contactid])
          await expectOutcome({ status: 401 }, visitor, { of });
        expect(dataverse.asked).toEqual([]);
      },
      compiling,
    );

    it.each(foreign)('refuses %s, and does not ask the CRM', async (_, headers) => {
      const answer = await ask('ada@example.com', { headers: headers(new URL(endpoint.url).host) });
      expect(answer).toMatchObject({ status: 403, body: { error: 'foreign-origin' } });
      expectHeaders(answer);
      expect(dataverse.asked).toEqual([]);
    });

    it.each(own)('answers %s', async (_, headers) => {
      await expectOutcome({ status: 200 }, 'ada@example.com', {
        headers: headers(new URL(endpoint.url).host),
      });
    });

    it.each(otherMethods)('answers 405 to %s', async (method) => {
      const answer = await ask('ada@example.com', { method });
      expect(answer.status).toBe(405);
      expectHeaders(answer);
      expect(answer.body).toEqual(method === 'HEAD' ? '' : { error: 'method-not-allowed' });
      expect(dataverse.asked).toEqual([]);
    });

    const forms = absoluteForms.filter(([name]) => !recipe.without?.includes(name));
    it.each(forms)('answers at its path %s', async (_, target) => {
      await expectOutcome({ status: 200 }, 'ada@example.com', {
        at: target(path, new URL(endpoint.url).host),
      });
    });

    /** The server may refuse the target itself. If the recipe does, one sentence says why, and nothing of the target. */
    const expectNoToken = async (at: string) => {
      const before = endpoint.log().length;
      const answer = await ask('ada@example.com', { at }).catch((error: NodeJS.ErrnoException) => error);
      if (answer instanceof Error) {
        // The server has closed the connection, because it cannot parse the target.
        expect(answer).toMatchObject({ code: 'ECONNRESET' });
        return false;
      }
      // The site's own home page, at http://host.
      const isPage = /^text\/html\b/.test(`${answer.headers['content-type']}`);
      if (!isPage) expect([at, answer.status]).not.toEqual([at, 200]);
      expect(answer.text).not.toContain('eyJ');
      expect(dataverse.asked).toEqual([]);
      const said = () =>
        endpoint
          .log()
          .slice(before)
          .match(/Live Assist token: .*/g) ?? [];
      const isRefusal = isDeepStrictEqual(answer.body, { error: 'not-found' });
      if (isRefusal) {
        expectHeaders(answer);
        expect(answer.status).toBe(404);
        await expect.poll(said).toEqual([otherPath]);
      }
      return isRefusal;
    };
    const [pathname = '', query] = path.split('?');
    const withQuery = (target: string) => `${target}${query === undefined ? '' : `?${query}`}`;

    it.each(otherPaths)('gives no token if its path is followed by %s', async (added) => {
      await expectNoToken(withQuery(`${pathname}${added}`));
      await expectNoToken(withQuery(`http://${new URL(endpoint.url).host}${pathname}${added}`));
    });

    it.each(otherWritings)('gives no token if its path is written %s', async (_, write) => {
      await expectNoToken(withQuery(write(pathname)));
      await expectNoToken(withQuery(`http://${new URL(endpoint.url).host}${write(pathname)}`));
    });

    // Magento decides which folders precede the path: of the shop and of the store.
    const targets = otherTargets.filter(([name]) => !recipe.without?.includes(name));
    it.each(targets)('gives no token if its path is sent %s', async (_, target) => {
      await expectNoToken(withQuery(target(pathname, new URL(endpoint.url).host)));
    });

    it('says in the log why a path that its server decodes is refused', async () => {
      const [encoded] = otherWritings;
      expect(await expectNoToken(withQuery(encoded?.[1](pathname) ?? ''))).toBe(true);
    });

    it.each([...lookups, ...refusals].filter(([name]) => !recipe.without?.includes(name)))(
      'gives the expected answer if the CRM answers %s',
      async (_, fault, outcome) => {
        dataverse.fault = fault;
        const before = endpoint.peak();
        await expectOutcome(outcome);
        // Reading 100 MB would exceed this limit; normal garbage collection does not.
        expect((endpoint.peak() ?? 0) - (before ?? 0)).toBeLessThan(60);
        expect(dataverse.asked).not.toContain('/elsewhere');
      },
    );

    // RECIPES_TABLE=table.md npx vitest run … test/recipes -t 'measures' adds a row for each language and answer.
    const table = process.env.RECIPES_TABLE;
    it.each(table ? lookups.filter(([name]) => measured.includes(name)) : [])(
      'measures time and memory until it refuses %s',
      async (name, fault, { status }) => {
        const mostOf = async (requests: number) => {
          endpoint.resetPeak();
          const before = endpoint.peak() ?? 0;
          const times = [];
          for (let n = 0; n < requests; n++) {
            const start = performance.now();
            expect((await ask('ada@example.com')).status).toBe(dataverse.fault ? status : 200);
            times.push(performance.now() - start);
          }
          return { growth: (endpoint.peak() ?? 0) - before, time: Math.max(...times) };
        };
        await mostOf(20);
        const usual = await mostOf(20);
        dataverse.fault = fault;
        const { growth, time } = await mostOf(1);
        const cells = [
          recipe.name,
          name,
          `${(time / 1000).toFixed(2)} s`,
          `${growth.toFixed(1)} MB`,
          `${usual.growth.toFixed(1)} MB`,
        ];
        appendFileSync(table ?? '', `| ${cells.join(' | ')} |\n`);
      },
      60_000,
    );

    it.each(grants)(
      'gives the expected answer if the token address answers %s',
      async (_, fault, outcome) => {
        dataverse.revoke();
        dataverse.tokenFault = fault;
        await expectOutcome(outcome);
      },
    );

    it('keeps the access token, and asks for another one only if Dynamics refuses it', async () => {
      const of = await owner.run('with-session');
      const granted = () => dataverse.asked.filter((at) => at.includes('/oauth2/')).length;
      for (const grantsSoFar of [1, 1, 2, 2]) {
        if (grantsSoFar === 2 && granted() === 1) dataverse.revoke();
        await expectOutcome({ status: 200 }, 'ada@example.com', { of });
        expect(granted()).toBe(grantsSoFar);
      }
      await of.stop();
    }, 60_000);

    it('answers 503 if the TLS handshake of the token address never ends', async () => {
      const server = createTcpServer((socket) => {
        socket.on('error', () => undefined).write(Buffer.from([22, 3, 3, 64, 0]));
        const timer = setInterval(() => socket.write('\0'), 300);
        socket.on('close', () => clearInterval(timer));
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const { port } = server.address() as AddressInfo;
      const of = await owner.run('with-session', { DYNAMICS_TOKEN_URL: `https://localhost:${port}/token` });
      const log = /: DYNAMICS_TOKEN_URL did not answer within 5 seconds\. /;
      await expectOutcome({ status: 503, log }, 'ada@example.com', { of });
      await of.stop();
      server.close();
    }, 60_000);

    it('answers 500 if two active contacts have the address', async () => {
      const log = /: Two active contacts have one e-mail address\. Merge them in Dynamics\./;
      await expectOutcome({ status: 500, log }, 'twins@example.com');
    });

    it.each(keyFiles)('gives the expected answer if the key file holds %s', async (_, content, outcome) => {
      const { answer, said } = await answerWithKey(content(owner.privateKey));
      expectHeaders(answer);
      expect(answer.status, said()).toBe(outcome.status);
      if (outcome.log) await expect.poll(said).toMatch(outcome.log);
      if (outcome.status === 200) await claimsIn(answer);
    });

    const answerWithKey = async (content: string | Buffer) => {
      const file = owner.write('other_key.pem', content);
      if (recipe.readsKeyAtStart) await withOtherKey?.stop();
      if (recipe.readsKeyAtStart || !withOtherKey)
        withOtherKey = await owner.run('with-session', { LIVE_ASSIST_PRIVATE_KEY_FILE: file });
      const before = withOtherKey.log().length;
      const answer = await ask('ada@example.com', { of: withOtherKey });
      return { answer, said: () => withOtherKey?.log().slice(before) ?? '' };
    };

    it('signs with a key that has a wrong letter only if the signature is right', async () => {
      for (const line of [1, 5, 9, 13, 17, 21, 25]) {
        const { answer, said } = await answerWithKey(withWrongLetter(owner.privateKey, line));
        if (answer.status === 200) await claimsIn(answer);
        else await expect.poll(said).toMatch(noKey.log as RegExp);
      }
    }, 60_000);

    it('signs with no text of another tool that the minter refuses, and names a remedy', async () => {
      const texts = Object.entries({ ...privateKeys, ...publicKeys });
      for (const [name, text] of texts) {
        if (text === undefined) continue;
        const { answer, said } = await answerWithKey(text);
        if (answer.status === 200) {
          const { token } = answer.body as { token: string };
          await jwtVerify(token, await importSPKI(publicPem, 'RS256'));
          const minted = await createMinter({ privateKey: text, issuer: owner.issuer }).catch(
            (error) => error,
          );
          if (minted instanceof KeyError) expect([name, minted.code]).toEqual([name, 'pkcs1']);
        } else {
          expect([name, answer.status]).toEqual([name, 500]);
          const sentence = new RegExp(`${noKey.log?.source}|${passPhrase.log?.source}`);
          await expect.poll(said, { message: name }).toMatch(sentence);
        }
      }
    }, 600_000);

    it.each(settings)(
      'gives the expected answer if the settings hold %s',
      async (_, changes, outcome) => {
        const of = await owner.run('with-session', changes);
        await expectOutcome(outcome, 'ada@example.com', { of });
        await of.stop();
      },
      60_000,
    );

    it.skipIf(!terminal)('does not ask for a pass phrase at its terminal', async () => {
      const file = owner.write('encrypted.pem', encryptedKey(owner.privateKey));
      const of = await owner.run('with-session', { LIVE_ASSIST_PRIVATE_KEY_FILE: file }, 'a-terminal');
      await expectOutcome({ status: 500, log: /holds a key with a pass phrase/ }, 'ada@example.com', { of });
      expect(of.log()).not.toMatch(/pass ?phrase:/i);
      await of.stop();
    });

    it('says in the log that the client secret is wrong, and does not say the secret', async () => {
      const of = await owner.run('with-session', { DYNAMICS_CLIENT_SECRET: 'expired~secret' });
      await expectOutcome({ status: 500, log: /DYNAMICS_TOKEN_URL answered 401/ }, 'ada@example.com', { of });
      expect(of.log()).not.toContain('expired~secret');
      await of.stop();
    }, 60_000);

    it('reaches a CRM on this machine without the proxy of its environment', async () => {
      const heard: string[] = [];
      const proxy = await listen(
        createServer((request, response) => {
          heard.push(request.url ?? '');
          response.writeHead(502).end();
        }),
      );
      const names = ['http_proxy', 'https_proxy', 'all_proxy', 'HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
      const of = await owner.run('with-session', Object.fromEntries(names.map((name) => [name, proxy.url])));
      await expectOutcome({ status: 200 }, 'ada@example.com', { of });
      expect(heard).toEqual([]);
      await of.stop();
      await proxy.stop();
    }, 60_000);

    describe('with a trial contact', () => {
      let of: RunningProgram;
      beforeAll(async () => {
        of = await owner.run('as-delivered', { LIVE_ASSIST_TRIAL_CONTACT: ada.contactid });
      }, compiling);

      it.each(trials)('gives a guest the expected answer: %s', async (_, trial, outcome) => {
        const { host, headers, version } = trial;
        const answer = await expectOutcome(outcome, null, {
          of,
          headers: { ...ownPage, ...(host && { Host: host(new URL(of.url).port) }), ...headers },
          ...(version && { version }),
        });
        if (outcome.status === 200)
          expect(await claimsIn(answer)).toMatchObject({
            sub: adasId,
            given_name: 'Trial',
            family_name: 'Visitor',
          });
        expect(dataverse.asked).toEqual([]);
      });

      it('answers 500 if the trial contact is not a GUID', async () => {
        const wrong = await owner.run('as-delivered', { LIVE_ASSIST_TRIAL_CONTACT: 'ada@example.com' });
        const log = /: LIVE_ASSIST_TRIAL_CONTACT is not a GUID\. Set the GUID of a contact\./;
        await expectOutcome({ status: 500, log }, null, { of: wrong });
        await wrong.stop();
      });
    });

    it('has written nothing secret or personal to its log through all of this', () => {
      const log = endpoint.log();
      expect(log).toContain('Live Assist token: Dynamics answered 500.');
      const [, keyLine = ''] = owner.privateKey.split('\n');
      for (const secret of [
        dataverse.clientSecret,
        dataverse.accessToken,
        keyLine,
        'eyJ',
        'example.com',
        guid(5),
        adasId,
      ])
        expect(log).not.toContain(secret);
    });
  });
}

interface Ask {
  method?: string;
  headers?: Record<string, string> | readonly (readonly [name: string, value: string])[];
  of?: RunningProgram;
  at?: string;
  version?: '1.0' | '1.1';
}
