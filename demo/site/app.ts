/**
 * The visitor's site: sign-in form, account page, token endpoint, sign-in for the site's app.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { csrf } from 'hono/csrf';
import type { DataverseContacts, Mint } from 'live-assist-bridge/server';
import { createActor, type Journey } from '#live-assist';
import { createPageFiles } from '../page-files.js';
import { type Account, findAccount } from './accounts.js';
import { sitePage } from './page.js';
import { createPhoneSignIn } from './phone-sign-in.js';
import { createSessions } from './sessions.js';
import { createTokenEndpoint } from './token-endpoint.js';

export interface SiteOptions {
  origin: string;
  /** Where Live Assist's script comes from. */
  liveAssist: string;
  contacts: DataverseContacts;
  mint: Mint;
  journey: Journey;
  /** Whether the token endpoint is down on purpose. */
  isDown: () => boolean;
  /** The page that may frame this one and guide the visitor. */
  stage: string | undefined;
}

const bridgeFile = new URL(import.meta.resolve('live-assist-bridge/live-assist-bridge.umd.js'));

const files = createPageFiles('site', ['page/site.js', 'page/site.css', 'page/site.svg', 'page/field.svg']);

const wrongPassword =
  'This e-mail address and password do not belong together. Click a person above to sign in.';

/** The part of an account that the page may know. */
const face = ({ email, name, firstName, plan, nextBill }: Account) => ({
  email,
  name,
  firstName,
  plan,
  nextBill,
});

/** @throws Error if the tag's file has not been built. */
export function createSite(options: SiteOptions) {
  const { origin, liveAssist, contacts, mint, journey, isDown, stage } = options;
  const bridge = readFileSync(bridgeFile, 'utf8');
  const sessions = createSessions();
  const app = createActor({
    name: 'The site',
    origin,
    files,
    uses: [liveAssist],
    shownBy: stage ? [stage] : [],
  });
  const tokenEndpoint = createTokenEndpoint({ sessions, contacts, mint, journey, isDown });

  // These routes check their callers themselves, because an app's POST has neither Origin nor Content-Type.
  app.route('/phone', createPhoneSignIn({ sessions, journey }));
  app.all('/live-assist/token', (c) => tokenEndpoint(c.req.raw));

  app.use(csrf({ origin }));
  app.get('/live-assist-bridge.umd.js', (c) =>
    c.body(bridge, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );

  app.get('/', async (c) => {
    c.header('Cache-Control', 'no-store');
    const session = await sessions.of(c.req.raw);
    return c.html(sitePage({ liveAssist, stage, session }));
  });

  app.post('/sign-in', async (c) => {
    const form = await c.req.formData().catch(() => new FormData());
    const email = String(form.get('email') ?? '');
    const account = findAccount(email, String(form.get('password') ?? ''));
    const wantsJson = c.req.header('accept') === 'application/json';
    if (!account) {
      if (wantsJson) return c.json({ message: wrongPassword }, 401);
      return c.html(sitePage({ liveAssist, stage, email, problem: wrongPassword }), 401);
    }
    const session = await sessions.open(c, account);
    journey.tell(session.visitor, {
      step: 1,
      state: 'done',
      text: `${account.name} is signed in.`,
      facts: { Session: 'HttpOnly cookie, SameSite=Lax, signed', 'data-visitor': session.visitor },
    });
    return wantsJson ? c.json({ visitor: session.visitor, account: face(account) }) : c.redirect('/', 303);
  });

  app.post('/sign-out', async (c) => {
    const session = await sessions.close(c);
    if (session) journey.leave(session.visitor);
    return c.req.header('accept') === 'application/json' ? c.json({}) : c.redirect('/', 303);
  });
  return app;
}
