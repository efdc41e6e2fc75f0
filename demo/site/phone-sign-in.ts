/**
 * Step 1 on a phone: the site's app signs in with JSON, and gets a key instead of a cookie.
 *
 * @module
 */
import { Hono } from 'hono';
import type { Journey } from '#live-assist';
import { findAccount } from './accounts.js';
import type { Sessions } from './sessions.js';

export interface PhoneSignInOptions {
  sessions: Sessions;
  journey: Journey;
}

export function createPhoneSignIn({ sessions, journey }: PhoneSignInOptions): Hono {
  const app = new Hono();

  app.post('/sign-in', async (c) => {
    c.header('Cache-Control', 'no-store');
    const { email, password } = (await c.req.json().catch(() => null)) ?? {};
    const account = findAccount(String(email ?? ''), String(password ?? ''));
    if (!account) return c.json({ error: 'wrong-password' }, 401);
    const { key, session } = sessions.openForApp(account);
    journey.tell(session.visitor, {
      step: 1,
      state: 'done',
      text: `${account.name} is signed in on a phone.`,
      facts: { Session: 'Bearer key, kept by the app' },
    });
    return c.json({ session: key });
  });

  app.post('/sign-out', (c) => {
    const session = sessions.closeForApp(c.req.raw);
    if (session) journey.leave(session.visitor);
    return c.body(null, 204);
  });
  return app;
}
