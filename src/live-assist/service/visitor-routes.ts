/** What the engagement on the site's page asks of the service. */
import { randomUUID } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { cors } from 'hono/cors';
import { csrf } from 'hono/csrf';
import type { EngagementAnswer } from '../../testing/engagement.js';
import type { Configuration } from '../configuration/configuration.js';
import type { Journey } from '../journey.js';
import { liveEvents } from '../live-events.js';
import type { Chat, Chats } from './chats.js';
import { readText } from './read-text.js';

export interface VisitorRoutesOptions {
  chats: Chats;
  configuration: () => Configuration;
  admit: (answer: EngagementAnswer) => Promise<Chat | null>;
  agent: string;
  journey: Journey;
  /** The only origin whose pages may carry the engagement. */
  site: string;
}

/** What a visitor's page may know of its chat. */
export interface VisitorView extends Pick<Chat, 'visitor' | 'state' | 'messages'> {
  agent: string;
}

/** How long the engagement waits for the page's answer, in milliseconds. */
const limit = 10_000;

export function createVisitorRoutes({
  chats,
  configuration,
  admit,
  agent,
  journey,
  site,
}: VisitorRoutesOptions): Hono {
  const app = new Hono();
  const clicks = new Set<string>();
  app.use(csrf({ origin: site }));
  app.use(cors({ origin: site, allowMethods: ['GET', 'POST'], allowHeaders: ['Content-Type'] }));

  app.post('/engagements', (c) => {
    const id = randomUUID();
    clicks.add(id);
    const { methodName } = configuration();
    journey.tell({
      step: 5,
      state: 'done',
      text: 'The visitor clicked the chat button.',
      facts: { Method: methodName },
    });
    return c.json({ id, methodName, limit }, 201);
  });

  app.post('/engagements/:id/answer', async (c) => {
    const answer = await c.req.json<EngagementAnswer>().catch(() => undefined);
    if (!answer || !clicks.delete(c.req.param('id')))
      return c.json({ message: 'This engagement is over.' }, 404);
    const chat = await admit(answer);
    return c.json({ chat: chat?.id ?? null }, 201);
  });

  const chatOf = (c: Context) => chats.get(c.req.param('id') ?? '');
  const gone = (c: Context) => c.json({ message: 'This chat is over. Start a new one.' }, 404);

  app.get('/chats/:id/events', (c) => {
    const chat = chatOf(c);
    // 204 tells an event source that it need not come back.
    if (!chat) return c.body(null, 204);
    return liveEvents(c, chats.changes, (): VisitorView => {
      const { visitor, state, messages } = chat;
      return { visitor, state, messages, agent };
    });
  });

  app.post('/chats/:id/messages', async (c) => {
    const chat = chatOf(c);
    if (!chat || chat.state === 'ended') return gone(c);
    const text = await readText(c, 'text');
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
    const [message, email] = [await readText(c, 'message'), await readText(c, 'email')];
    if (!message || !email?.includes('@'))
      return c.json({ message: 'Enter your e-mail address and a message of 1 to 1000 characters.' }, 400);
    chats.leaveMessage({ message, email });
    return c.json({}, 201);
  });
  return app;
}
