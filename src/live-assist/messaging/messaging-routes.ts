/**
 * The service's routes for messaging, in addition to those of a chat.
 *
 * @module
 */
import { Hono } from 'hono';
import type { Configuration } from '../configuration/configuration.js';
import { readProduct } from '../configuration/configuration.js';
import type { Journey } from '../journey.js';
import type { Chats } from '../service/chats.js';
import { readPostedText } from '../service/read-text.js';
import { RefusedToken, verifyToken } from '../service/verify-token.js';
import { judgeIdentity } from './identity-step.js';

export interface MessagingRoutesOptions {
  chats: Chats;
  configuration: () => Configuration;
  journey: Journey;
  /** How long the engagement waits for the page's answer, in milliseconds. */
  limit: number;
}

/** The settings that a page receives when it loads. */
export interface PageSettings {
  product: 'chat' | 'messaging';
  /** Which messaging tag to play. */
  tag: 'old' | 'new';
  methodName: string;
  limit: number;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

export function createMessagingRoutes({
  chats,
  configuration,
  journey,
  limit,
}: MessagingRoutesOptions): Hono {
  const app = new Hono();

  app.post('/pages', (c) => {
    const { product, isOldTag, methodName } = configuration();
    const tag = isOldTag ? 'old' : 'new';
    const settings: PageSettings = { product: readProduct(product), tag, methodName, limit };
    return c.json(settings);
  });

  app.post('/identity', async (c) => {
    const engagement = await readPostedText(c, 'engagement');
    if (!engagement || !uuid.test(engagement))
      return c.json({ message: 'There is no such engagement.' }, 400);
    const [iss, sub] = [(await readPostedText(c, 'iss')) ?? null, (await readPostedText(c, 'sub')) ?? null];
    const { functions } = await c.req.json();
    const { isTargeted, report } = judgeIdentity({ iss, sub, functions: Number(functions) }, configuration());
    // Keeps the steps of a conversation that continues.
    journey.tell(engagement, report, Number.POSITIVE_INFINITY);
    return c.json({ isTargeted });
  });

  /** A page that returns to its conversation, or whose token has expired, proves again who the visitor is. */
  app.post('/chats/:id/token', async (c) => {
    const chat = chats.get(c.req.param('id'));
    if (!chat || chat.state === 'ended')
      return c.json({ message: 'This conversation has ended. Start a new one.' }, 404);
    const { token } = await c.req.json().catch(() => ({}));
    try {
      const { sub, exp = 0 } = await verifyToken(String(token), configuration());
      if (sub !== chat.sub) return c.json({ message: 'This conversation is another visitor’s.' }, 403);
      chats.renew(chat, exp * 1000);
      return c.json({});
    } catch (error) {
      if (!(error instanceof RefusedToken)) throw error;
      return c.json({ message: error.message }, 401);
    }
  });
  return app;
}
