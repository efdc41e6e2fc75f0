import { createSign, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { vendorCodes } from '../../src/diagnosis/codes/vendor-codes.js';
import { createLiveAssist } from '../../src/live-assist/app.js';
import type { Configuration } from '../../src/live-assist/configuration/configuration.js';
import { createJourney } from '../../src/live-assist/journey.js';
import { standInAccount } from '../../src/live-assist/service/account-routes.js';
import { RefusedToken, verifyToken } from '../../src/live-assist/service/verify-token.js';
import { commandLine, file } from '../cli/command-line.js';
import {
  contact,
  encode,
  fineClaims,
  issuer,
  oneLine,
  pasted,
  seconds,
  token,
} from '../diagnosis/diagnose-site.js';
import { listen } from '../support/listen.js';

const right: Configuration = { publicKey: pasted, issuer, methodName: 'authoriseChatWithCallback' };
let configuration = right;
let liveAssist: { fetch: (request: Request) => Response | Promise<Response> };
let server: Awaited<ReturnType<typeof listen>>;

beforeAll(async () => {
  server = await listen(createServer(getRequestListener((request) => liveAssist.fetch(request))));
  liveAssist = createLiveAssist({
    origin: server.url,
    site: 'http://localhost',
    crm: async () => null,
    framedCrm: undefined,
    configuration: { now: () => configuration, save() {}, replace() {} },
    journey: createJourney(),
    shownBy: [],
    files: async () => undefined,
  });
});
beforeEach(() => {
  configuration = right;
});
afterAll(() => server.stop());

const diagnose = async (text: string, ...more: string[]) => {
  const account = ['--account', standInAccount, '--account-url', server.url];
  const { out } = await commandLine(['diagnose', file(text), ...account, '--json', ...more]);
  const findings: { level: string; code: string; message: string }[] = JSON.parse(out);
  return findings;
};
const codesOf = async (text: string, ...more: string[]) =>
  (await diagnose(text, ...more)).filter(({ level }) => level !== 'note').map(({ code }) => code);

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const otherKey = oneLine(String(stranger.publicKey.export({ type: 'spki', format: 'pem' })));
const signed = (header: unknown, payload: string, algorithm = 'RSA-SHA256') => {
  const input = `${encode(header)}.${Buffer.from(payload).toString('base64url')}`;
  return `${input}.${createSign(algorithm).update(input).sign(stranger.privateKey).toString('base64url')}`;
};

describe("the stand-in's account", () => {
  it('publishes what is configured, and its verifier accepts a token that fits', async () => {
    const findings = await diagnose(token(), '--ask-live-assist', '--public-key', pasted);
    expect(findings.every(({ level }) => level === 'note')).toBe(true);
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['account-fits', 'verifier-accepts']),
    );
  });

  it.each<[Partial<Configuration>, string]>([
    [{ publicKey: otherKey }, 'account-key-signature'],
    [{ issuer: `${issuer}/` }, 'account-issuer'],
    [{ methodName: 'authorizeChatWithCallback' }, 'account-method'],
  ])('publishes at once what is configured wrongly: %o', async (changed, code) => {
    configuration = { ...right, ...changed };
    expect(await codesOf(token())).toEqual([code]);
  });

  it('publishes no issuer that was not entered', async () => {
    configuration = { ...right, issuer: '' };
    const findings = await diagnose(token());
    expect(findings.find(({ code }) => code === 'account-not-published')?.message).toContain('JWT Issuer');
  });

  it('is the only account', async () => {
    const { out } = await commandLine([
      'diagnose',
      '--account',
      '99999999',
      '--account-url',
      server.url,
      '--json',
    ]);
    expect(JSON.parse(out)[0]).toMatchObject({
      code: 'account-status',
      message: expect.stringContaining('404'),
    });
  });
});

describe('the refusal of the stand-in', () => {
  const past = seconds() - 8000;
  const late = { iat: past, exp: past + 7200 };
  const cases: [string, string, Partial<Configuration>, keyof typeof vendorCodes][] = [
    ['another pair', token(), { publicKey: otherKey }, '9007'],
    ['a key that is damaged', token(), { publicKey: pasted.slice(9) }, '1028'],
    ['an expired token', token(late), {}, '1012'],
    ['another issuer', token({ iss: 'x' }), {}, '9007'],
    ['a token without sub', token({ sub: undefined }), {}, '9007'],
    ['a token from the future', token({ iat: seconds() + 600, exp: seconds() + 7800 }), {}, '9007'],
    [
      'another algorithm',
      signed({ alg: 'RS512' }, JSON.stringify(fineClaims()), 'RSA-SHA512'),
      { publicKey: otherKey },
      '1003',
    ],
    ['no claims', signed({ alg: 'RS256' }, '{}'), { publicKey: otherKey }, '1011'],
    ['claims that are not JSON', signed({ alg: 'RS256' }, 'hello'), { publicKey: otherKey }, '1001'],
    ['an encrypted token', `${token()}.eA.eA`, {}, '1004'],
    ['something else', `{"sub":"${contact}"}`, {}, '1008'],
  ];

  it.each(cases)('has the code of %s', async (_, text, changed, code) => {
    const refusal = await verifyToken(text, { ...right, ...changed }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedToken);
    expect((refusal as RefusedToken).facts['Live Assist’s code']).toBe(`${code}. ${vendorCodes[code].why}`);
    configuration = { ...right, ...changed };
    const answer = await fetch(`${server.url}/api/account/${standInAccount}/app/4711/authenticate?v=3.0`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ id_token: text }),
    });
    expect([answer.status, await answer.json()]).toEqual([
      code === '9007' ? 500 : 401,
      { internalErrorCode: Number(code) },
    ]);
  });

  it('is explained by the command', async () => {
    configuration = { ...right, publicKey: otherKey };
    const findings = await diagnose(token(), '--ask-live-assist');
    expect(findings.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['account-key-signature', 'verifier-refuses']),
    );
    expect(findings.find(({ code }) => code === 'verifier-refuses')?.message).toContain(
      `9007. ${vendorCodes['9007'].why}`,
    );
  });

  it.each([
    ['an unknown identity provider', '/app/1/authenticate', '{"id_token":"x"}', 1024],
    ['a body without a token', '/app/4711/authenticate', '{}', 9012],
    ['a body that is not JSON', '/app/4711/authenticate', 'x', 9012],
  ])('has the code of %s', async (_, path, body, internalErrorCode) => {
    const answer = await fetch(`${server.url}/api/account/${standInAccount}${path}`, {
      method: 'POST',
      body,
    });
    expect([answer.status, await answer.json()]).toEqual([400, { internalErrorCode }]);
  });
});
