/** Who is signed in. A browser's cookie holds a signed number, an app's bearer key is random, and neither says more. */
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
  close(c: Context): Promise<void>;
  /** Answers the key that the app sends with every request: `Authorization: Bearer <key>`. */
  openForApp(account: Account): string;
  closeForApp(request: Request): void;
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
  /** An app has no cookie: what its header says decides alone (RFC 6750 section 2.1). */
  const of = async (request: Request) => {
    const id = request.headers.has('authorization') ? keyOf(request) : await idOf(request);
    return sessions.get(id ?? '');
  };
  const close = async (c: Context) => {
    const id = await idOf(c.req.raw);
    if (id) sessions.delete(id);
    deleteCookie(c, cookie);
  };
  return {
    of,
    isOpen: (session) => [...sessions.values()].includes(session),
    async open(c, account) {
      await close(c);
      const id = randomUUID();
      const session: Session = { account, visitor: randomUUID() };
      sessions.set(id, session);
      await setSignedCookie(c, cookie, id, secret, { httpOnly: true, sameSite: 'Lax', path: '/' });
      return session;
    },
    close,
    openForApp(account) {
      const key = randomBytes(32).toString('base64url');
      sessions.set(key, { account, visitor: randomUUID() });
      return key;
    },
    closeForApp: (request) => void sessions.delete(keyOf(request) ?? ''),
  };
}

const keyOf = (request: Request) =>
  /^Bearer ([\w-]{43})$/i.exec(request.headers.get('authorization') ?? '')?.[1];
