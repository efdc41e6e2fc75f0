/**
 * The endpoint in Node, with the table of cases that all recipes share. Its sentences are its own, so the statuses count.
 *
 * @module
 */
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { decodeJwt } from 'jose';
import {
  createDataverseContacts,
  createMinter,
  createTokenHandler,
  generateKeys,
  type TokenHandler,
} from 'live-assist-bridge/server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listen } from '../support/listen.js';
import { ask as askAt } from './ask.js';
import { contacts as stored } from './cases/contacts.js';
import { lookups } from './cases/dynamics-answers.js';
import { keyFiles } from './cases/key-files.js';
import { refusals } from './cases/refusals.js';
import { absoluteForms, foreign, otherPaths, own } from './cases/requests.js';
import { found, unknown } from './cases/visitors.js';
import { type DataverseDouble, startDataverse } from './dataverse-double.js';

const origin = 'https://www.example.com';

describe('the endpoint in Node', () => {
  let dataverse: DataverseDouble;
  let privateKey: string;
  let handler: TokenHandler;
  let ask: (visitor: string, headers?: [string, string][], path?: string) => Promise<Response>;

  beforeAll(async () => {
    dataverse = await startDataverse(stored);
    ({ privateKey } = await generateKeys());
    const contacts = createDataverseContacts({
      url: dataverse.url,
      accessToken: () => dataverse.accessToken,
    });
    handler = createTokenHandler({
      mint: await createMinter({ privateKey, issuer: 'www.example.com' }),
      visitor: (request) => decodeURIComponent(request.headers.get('X-Visitor') ?? '') || null,
      contact: (visitor, { signal }) =>
        visitor.includes('@') ? contacts.byEmail(visitor, { signal }) : contacts.byId(visitor, { signal }),
      onError: () => {},
    });
    ask = (visitor, headers = [], path = '/live-assist/token') => {
      const list = new Headers({ Host: 'www.example.com', 'X-Visitor': encodeURIComponent(visitor) });
      for (const [name, value] of headers) list.append(name, value);
      // As Node's own requests arrive. A browser's Request drops some of these headers.
      return handler({ method: 'GET', url: origin + path, headers: list } as unknown as Request);
    };
  });

  beforeEach(() => {
    dataverse.asked = [];
    dataverse.fault = undefined;
  });
  afterAll(() => dataverse.stop());

  // Node's fetch treats a body as complete even if its last chunk is missing.
  const cases = [...lookups, ...refusals].filter(([name]) => name !== 'every chunk but not the end');
  it.each(cases)('gives the expected answer if the CRM answers %s', async (_, fault, outcome) => {
    dataverse.fault = fault;
    expect((await ask('ada@example.com')).status).toBe(outcome.status);
  });

  // A GUID is the contact's address in Node's look-up, see test/server/dataverse.
  it.each(found.filter(([name]) => name.startsWith('an address')))(
    'finds the contact by %s',
    async (_, visitor, sub, given_name, family_name) => {
      const claims = decodeJwt(((await (await ask(visitor)).json()) as { token: string }).token);
      expect([claims.sub, claims.given_name, claims.family_name]).toEqual([sub, given_name, family_name]);
    },
  );

  it.each(unknown)('gives no token if the contact is %s', async (_, visitor) => {
    expect((await ask(visitor)).status).not.toBe(200);
  });

  // createMinter() takes text. It refuses PKCS#1 with a command that converts it.
  it.each(keyFiles.filter(([name]) => !/^PKCS#1$|DER$/.test(name)))(
    'signs or not if the key is %s',
    async (_, content, outcome) => {
      const key = content(privateKey);
      const mint = createMinter({ privateKey: String(key), issuer: 'www.example.com' });
      if (outcome.status === 200) await expect(mint).resolves.toBeTypeOf('function');
      else await expect(mint).rejects.toThrow();
    },
  );

  it.each(foreign)('refuses %s', async (_, headers) => {
    expect((await ask('ada@example.com', headers('www.example.com'))).status).toBe(403);
  });

  it.each(own)('answers %s', async (_, headers) => {
    expect((await ask('ada@example.com', headers('www.example.com'))).status).toBe(200);
  });

  // @hono/node-server itself refuses an uppercase scheme, with 400.
  it.each(absoluteForms)('answers at its path %s', async (name, target) => {
    const server = await listen(createServer(getRequestListener(handler)));
    const { host } = new URL(server.url);
    const headers = [['X-Visitor', 'ada@example.com']] as const;
    const { status } = await askAt(server.url, target('/live-assist/token', host), 'GET', headers);
    expect(status).toBe(name.includes('uppercase') ? 400 : 200);
    await server.stop();
  });

  it.each(otherPaths.filter((added) => added !== '/'))('gives no token below its path: %s', async (added) => {
    expect((await ask('ada@example.com', [], `/live-assist/token${added}`)).status).toBe(404);
  });
});
