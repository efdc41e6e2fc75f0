/**
 * With a real Dynamics organisation, only browsers with the key of this run open the stage, the desk and the
 * configuration. The demo's own people are public, so they need no key.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import { requireKey, withKey } from '#live-assist';

export interface Gate {
  /** The same actor, behind the gate. */
  close(actor: Hono, origin: string, isOpen: (path: string) => boolean): Hono;
  /** The address as it is printed. */
  address(url: string): string;
}

export function createGate(isReal: boolean, stage: string): Gate {
  if (!isReal) return { close: (actor) => actor, address: (url) => url };
  const key = randomBytes(24).toString('base64url');
  // The stage shows the desk in a frame, so both share a cookie.
  const cookie = `live_assist_demo_${new URL(stage).port}`;
  return {
    close(actor, origin, isOpen) {
      const app = new Hono();
      app.use(requireKey({ key, origin, cookie, isOpen }));
      app.all('*', (c) => actor.fetch(c.req.raw));
      return app;
    },
    address: (url) => withKey(url, key),
  };
}
