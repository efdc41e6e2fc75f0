/**
 * The service's routes for the engagement on the site's page.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import type { EngagementAnswer } from '../../testing/engagement.js';
import type { Configuration } from '../configuration/configuration.js';
import type { Journey } from '../journey.js';
import { liveEvents } from '../live-events.js';
import { createMessagingRoutes } from '../messaging/messaging-routes.js';
import type { Admit } from './admit.js';
import type { Chats, DeskChat } from './chats.js';
import { readPostedText } from './read-text.js';

export interface VisitorRoutesOptions {
  chats: Chats;
  configuration: () => Configuration;
  admit: Admit;
  agent: string;
  journey: Journey;
  /** The only origin whose pages may use the engagement, or a rule for several origins. */
  site: string | ((origin: string) => boolean);
}

/** What a visitor's page may know of its chat. */
export interface VisitorView extends Pick<DeskChat, 'visitor' | 'state' | 'messages' | 'expires'> {
  agent: string;
}

/** How long the engagement waits for the page's answer, in milliseconds. */
const limit = 10_000;

/** How long a chat outlives the connection of its page, in milliseconds. */
const patience = 30_000;

/** The maximum number of clicks that wait for an answer. The oldest are dropped first. */
const mostClicks = 1000;

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function createVisitorRoutes({
  chats,
  configuration,
  admit,
  agent,
  journey,
  site,
}: VisitorRoutesOptions): Hono {
  const app = new Hono();
  const clicks = new Map<string, string>();
  const listeners = new Map<string, number>();
  app.use(csrf({ origin: site }));
  const allowedOrigin = typeof site === 'string' ? site : (asked: string) => (site(asked) ? asked : null);
  app.use(cors({ origin: allowedOrigin, allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'] }));

  app.route('/', createMessagingRoutes({ chats, configuration, journey, limit }));

  app.post('/engagements', async (c) => {
    const given = await readPostedText(c, 'engagement');
    const engagement = given && uuid.test(given) ? given : randomUUID();
    const id = randomUUID();
    clicks.set(id, engagement);
    for (const old of [...clicks.keys()].slice(0, -mostClicks)) clicks.delete(old);
    const { methodName } = configuration();
    const report = { step: 5, state: 'done', text: 'The visitor clicked the chat button.' } as const;
    journey.tell(engagement, { ...report, facts: { 'Method to call': methodName } }, 1);
    return c.json({ id, methodName, limit }, 201);
  });

  /** The page has another visitor now, or is gone. */
  app.post('/engagements/over', async (c) => {
    const engagement = await readPostedText(c, 'engagement');
    if (engagement && uuid.test(engagement)) journey.leave(engagement);
    return c.json({});
  });

  app.post('/engagements/:id/answer', async (c) => {
    const answer = await c.req.json<EngagementAnswer>().catch(() => undefined);
    const id = c.req.param('id');
    const engagement = clicks.get(id);
    if (!answer || typeof answer !== 'object' || !engagement)
      return c.json({ message: 'This engagement is over. Start a new chat.' }, 404);
    clicks.delete(id);
    const chat = await admit(engagement, answer);
    return c.json({ chat: chat?.id ?? null }, 201);
  });

  const chatOf = (c: Context) => chats.get(c.req.param('id') ?? '');
  const gone = (c: Context) => c.json({ message: 'This chat has ended. Start a new one.' }, 404);

  /**
   * A page that is closed without notice, or crashes, also ends its chat. A connection that is only renewed returns
   * sooner.
   */
  const left = (chat: DeskChat) => {
    const remaining = (listeners.get(chat.id) ?? 1) - 1;
    if (remaining > 0) return void listeners.set(chat.id, remaining);
    listeners.delete(chat.id);
    // A messaging conversation continues when the visitor returns.
    if (configuration().product === 'messaging') return;
    setTimeout(() => listeners.has(chat.id) || chats.end(chat), patience).unref();
  };

  app.get('/chats/:id/events', (c) => {
    const chat = chatOf(c);
    // 204 tells an event source not to reconnect.
    if (!chat) return c.body(null, 204);
    return liveEvents(c, {
      follow(onChange) {
        const stop = chats.changes.follow(chat.id, onChange);
        listeners.set(chat.id, (listeners.get(chat.id) ?? 0) + 1);
        return () => {
          stop();
          left(chat);
        };
      },
      now: (): VisitorView => {
        const { visitor, state, messages, expires } = chat;
        return { visitor, state, messages, agent, ...(expires !== undefined && { expires }) };
      },
    });
  });

  app.post('/chats/:id/messages', async (c) => {
    const chat = chatOf(c);
    if (!chat || chat.state === 'ended') return gone(c);
    // Close code 4401 of the vendor's socket means the same.
    if (configuration().product === 'messaging' && (chat.expires ?? 0) <= Date.now())
      return c.json({ message: 'Your sign-in has expired. Sign in again to go on.' }, 401);
    const text = await readPostedText(c, 'text');
    if (!text) return c.json({ message: 'Write a message of 1 to 1000 characters.' }, 400);
    chats.say(chat, { from: 'visitor', text });
    return c.json({}, 201);
  });

  app.post('/chats/:id/end', (c) => {
    const chat = chatOf(c);
    if (chat) chats.end(chat);
    return c.json({});
  });

  app.post('/surveys', async (c) => {
    const [message, email] = [await readPostedText(c, 'message'), await readPostedText(c, 'email')];
    if (!message || !email?.includes('@'))
      return c.json({ message: 'Enter your e-mail address and a message of 1 to 1000 characters.' }, 400);
    chats.leaveMessage({ message, email });
    return c.json({}, 201);
  });
  return app;
}
