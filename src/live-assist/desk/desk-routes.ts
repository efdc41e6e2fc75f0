/**
 * Serves the agent's desk and the requests that it makes.
 *
 * @module
 */
import { type Context, Hono } from 'hono';
import { csrf } from 'hono/csrf';
import type { Journey } from '../journey.js';
import { liveEvents } from '../live-events.js';
import type { Chats } from '../service/chats.js';
import { readPostedText } from '../service/read-text.js';
import { deskPage } from './desk-page.js';

export interface DeskRoutesOptions {
  origin: string;
  chats: Chats;
  agent: string;
  journey: Journey;
  /** Whether the CRM allows its records inside the desk. Otherwise they open in a tab. */
  framesRecords: boolean;
}

export function createDeskRoutes({ origin, chats, agent, journey, framesRecords }: DeskRoutesOptions): Hono {
  const app = new Hono();
  app.use(csrf({ origin }));
  app.get('/', (c) => c.html(deskPage({ agent, framesRecords })));
  app.get('/events', (c) =>
    liveEvents(c, { follow: (onChange) => chats.changes.follow('all', onChange), now: chats.all }),
  );

  const openChat = (c: Context) => {
    const chat = chats.get(c.req.param('id') ?? '');
    return chat && chat.state !== 'ended' ? chat : undefined;
  };
  const over = (c: Context) =>
    c.json({ message: 'The visitor has left this chat. It is listed under Ended.' }, 404);

  app.post('/chats/:id/accept', (c) => {
    const chat = openChat(c);
    if (!chat) return over(c);
    if (chat.state === 'accepted') return c.json({});
    chats.accept(chat);
    const { contact } = chat;
    journey.tell(
      chat.engagement,
      contact
        ? {
            step: 8,
            state: 'done',
            text: `${agent} sees the record of ${contact.name}.`,
            facts: { Record: contact.id, Address: contact.record },
          }
        : {
            step: 8,
            state: 'failed',
            text: `${agent} accepted a guest visitor: there is no record to show.`,
            remedy: 'Compare the token’s sub with the contact’s GUID in the CRM.',
          },
    );
    return c.json({});
  });

  app.post('/chats/:id/messages', async (c) => {
    const chat = openChat(c);
    if (!chat) return over(c);
    const text = await readPostedText(c, 'text');
    if (!text) return c.json({ message: 'Write a message of 1 to 1000 characters.' }, 400);
    chats.say(chat, { from: 'agent', text });
    return c.json({}, 201);
  });

  app.post('/chats/:id/end', (c) => {
    const chat = openChat(c);
    if (chat) chats.end(chat);
    return c.json({});
  });
  return app;
}
