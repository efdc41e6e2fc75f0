/**
 * The sessions. A browser's cookie contains a signed id, and an app's bearer key is random. Neither contains anything
 * else.
 *
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, setSignedCookie } from 'hono/cookie';
import { parseSigned } from 'hono/utils/cookie';
import type { Contact } from 'live-assist-bridge/server';
import type { Account } from './accounts.js';

export interface Session {
  account: Account;
  /** Identifies the visitor on the page, and reveals nothing else. */
  visitor: string;
  /** Kept after the first look-up, so that the CRM is asked once for each sign-in. */
  contact?: Contact;
  /** Milliseconds since 1970, of the last request. */
  lastSeen: number;
}

export interface Sessions {
  of(request: Request): Promise<Session | undefined>;
  isOpen(session: Session): boolean;
  open(c: Context, account: Account): Promise<Session>;
  /** Returns the session that has ended, if there was one. */
  close(c: Context): Promise<Session | undefined>;
  /** Returns the key that the app sends with every request: `Authorization: Bearer <key>`. */
  openForApp(account: Account): { key: string; session: Session };
  /** Returns the session that has ended, if there was one. */
  closeForApp(request: Request): Session | undefined;
}

const cookie = 'larkfield_session';

/** A session ends after this time without a request, in milliseconds. */
const idleFor = 8 * 3_600_000;

/** Sessions end with the process, so an old cookie is then useless. */
export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const secret = randomBytes(32).toString('base64url');
  const idOf = async (request: Request) => {
    const header = request.headers.get('cookie');
    const id = header ? (await parseSigned(header, secret, cookie))[cookie] : undefined;
    return id || undefined;
  };
  const endIdle = () => {
    for (const [id, { lastSeen }] of sessions) if (Date.now() - lastSeen > idleFor) sessions.delete(id);
  };
  const end = (id = '') => {
    const session = sessions.get(id);
    sessions.delete(id);
    return session;
  };
  return {
    /** An app has no cookie. If the header is present, it alone decides (RFC 6750 section 2.1). */
    async of(request) {
      const id = request.headers.has('authorization') ? keyOf(request) : await idOf(request);
      endIdle();
      const session = sessions.get(id ?? '');
      if (session) session.lastSeen = Date.now();
      return session;
    },
    isOpen: (session) => [...sessions.values()].includes(session),
    async open(c, account) {
      end(await idOf(c.req.raw));
      const id = randomUUID();
      const session: Session = { account, visitor: randomUUID(), lastSeen: Date.now() };
      sessions.set(id, session);
      await setSignedCookie(c, cookie, id, secret, { httpOnly: true, sameSite: 'Lax', path: '/' });
      return session;
    },
    async close(c) {
      deleteCookie(c, cookie, { path: '/' });
      return end(await idOf(c.req.raw));
    },
    openForApp(account) {
      const key = randomBytes(32).toString('base64url');
      const session: Session = { account, visitor: randomUUID(), lastSeen: Date.now() };
      sessions.set(key, session);
      return { key, session };
    },
    closeForApp: (request) => end(keyOf(request)),
  };
}

const keyOf = (request: Request) =>
  /^Bearer ([\w-]{43})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
