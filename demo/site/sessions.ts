/** Who is signed in. The cookie holds a signed number and nothing else. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, setSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';
import type { Contact } from 'live-assist-bridge/server';
import type { Account } from './accounts.js';

export interface Session {
  account: Account;
  /** Says on the page which visitor it is, and nothing about them. */
  visitor: string;
  /** Kept after the first look-up, so that the CRM is asked once for each sign-in. */
  contact?: Contact;
}

export interface Sessions {
  of(request: Request): Promise<Session | undefined>;
  isOpen(session: Session): boolean;
  open(c: Context, account: Account): Promise<Session>;
  /** Answers the session that has ended, if there was one. */
  close(c: Context): Promise<Session | undefined>;
}

const cookie = 'larkfield_session';

/** Sessions end with the process: then a cookie that was left over is worth nothing. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const secret = randomBytes(32).toString('base64url');
  const idOf = async (request: Request) => {
    const header = request.headers.get('cookie');
    const id = header ? (await parseSigned(header, secret, cookie))[cookie] : undefined;
    return id || undefined;
  };
  const end = async (request: Request) => {
    const id = (await idOf(request)) ?? '';
    const session = sessions.get(id);
    sessions.delete(id);
    return session;
  };
  return {
    of: async (request) => sessions.get((await idOf(request)) ?? ''),
    isOpen: (session) => [...sessions.values()].includes(session),
    async open(c, account) {
      await end(c.req.raw);
      const id = randomUUID();
      const session: Session = { account, visitor: randomUUID() };
      sessions.set(id, session);
      await setSignedCookie(c, cookie, id, secret, { httpOnly: true, sameSite: 'Lax', path: '/' });
      return session;
    },
    async close(c) {
      deleteCookie(c, cookie, { path: '/' });
      return end(c.req.raw);
    },
  };
}
