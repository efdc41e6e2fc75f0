/**
 * The documented endpoint behind express-session: whoever signs in last on a browser is the one who gets a token.
 *
 * @module
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import session from 'express-session';
import { createMinter, generateKeys } from 'live-assist-bridge/server';
import { expect, it, onTestFinished } from 'vitest';

const contacts: Record<string, string> = {
  ada: '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01',
  ben: '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b02',
};

async function startSite(options: session.SessionOptions = { secret: 'of this test', resave: false }) {
  const { sessionEndpoint } = await import('docs:express-session.ts');
  const { privateKey } = await generateKeys();
  const minter = await createMinter({ privateKey, issuer: 'www.example.com' });
  let beforeToken = async () => {};
  const mint: typeof minter = async (contact) => {
    await beforeToken();
    return minter(contact);
  };
  const app = express();
  app.use(session({ saveUninitialized: false, ...options }));
  app.post('/sign-in/:name', (req, res) => {
    req.session.regenerate(() => {
      Object.assign(req.session, { account: { contactId: contacts[req.params.name] } });
      res.sendStatus(204);
    });
  });
  app.post('/sign-out', (req, res) => {
    req.session.destroy(() => res.sendStatus(204));
  });
  app.all('/live-assist/token', sessionEndpoint(mint));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  /** Delays the next token. Resolves when its request has come, with the function that lets it go on. */
  const holdNextToken = () =>
    new Promise<() => void>((arrived) => {
      beforeToken = () => {
        beforeToken = async () => {};
        return new Promise((goOn) => arrived(goOn));
      };
    });

  /** A browser: it keeps the site's cookie. */
  const openBrowser = () => {
    let cookie = '';
    const ask = async (path: string, method: string, sent = cookie) => {
      const response = await fetch(origin + path, { method, headers: { Cookie: sent } });
      cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
      return response;
    };
    return {
      cookie: () => cookie,
      signIn: (name: string) => ask(`/sign-in/${name}`, 'POST'),
      signOut: () => ask('/sign-out', 'POST'),
      /** The contact in the token, or the status of a refusal. */
      async contact(sent?: string) {
        const response = await ask('/live-assist/token', 'GET', sent);
        const { token } = (await response.json()) as { token?: string };
        return token ? JSON.parse(atob(token.split('.')[1] ?? '')).sub : response.status;
      },
    };
  };
  return { openBrowser, holdNextToken };
}

it('gives a token for the account that is signed in, and for no other', async () => {
  const { openBrowser } = await startSite();
  const browser = openBrowser();
  expect(await browser.contact()).toBe(401);

  await browser.signIn('ada');
  const ofAda = browser.cookie();
  expect(await browser.contact()).toBe(contacts.ada);
  expect(await openBrowser().contact()).toBe(401);

  await browser.signOut();
  expect(await browser.contact()).toBe(401);
  await browser.signIn('ben');
  expect(await browser.contact()).toBe(contacts.ben);
  expect(await browser.contact(ofAda)).toBe(401);
});

it('keeps two browsers apart', async () => {
  const { openBrowser } = await startSite();
  const [first, second] = [openBrowser(), openBrowser()];
  await first.signIn('ada');
  await second.signIn('ben');
  expect(await Promise.all([first.contact(), second.contact(), first.contact()])).toEqual([
    contacts.ada,
    contacts.ben,
    contacts.ada,
  ]);
});

it.each([
  ['leaves the visitor signed out with resave: false', false, 401],
  [
    'needs resave: false, because the default of express-session brings the session back',
    undefined,
    contacts.ada,
  ],
])('answers a request in flight during the sign-out, and %s', async (_, resave, expected) => {
  const { openBrowser, holdNextToken } = await startSite({ secret: 'of this test', resave });
  const browser = openBrowser();
  await browser.signIn('ada');
  const cookie = browser.cookie();
  const arrived = holdNextToken();
  const inFlight = browser.contact();
  const goOn = await arrived;
  await browser.signOut();
  goOn();
  expect(await inFlight).toBe(contacts.ada);
  expect(browser.cookie()).toBe(cookie);
  expect(await browser.contact()).toBe(expected);
});
