/**
 * Sends a page the current state, and again after every change, as server-sent events.
 *
 * @module
 */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

export interface LiveEventsOptions {
  /** Starts following the changes; the returned function stops it. */
  follow: (onChange: () => void) => () => void;
  /** Returns the whole state, so that a page that reconnects has missed nothing. `undefined` ends the stream. */
  now: () => object | undefined;
}

/** A HEAD request opens no stream. */
export function liveEvents(c: Context, { follow, now }: LiveEventsOptions): Response {
  c.header('Cache-Control', 'no-store');
  if (c.req.raw.method === 'HEAD') return c.body(null, 200, { 'Content-Type': 'text/event-stream' });
  const response = streamSSE(c, async (stream) => {
    let hasChanged = true;
    let wake = () => {};
    const stopFollowing = follow(() => {
      hasChanged = true;
      wake();
    });
    let isStopped = false;
    const stop = () => {
      if (!isStopped) stopFollowing();
      isStopped = true;
    };
    stream.onAbort(() => {
      stop();
      wake();
    });
    while (!stream.aborted) {
      if (hasChanged) {
        hasChanged = false;
        const state = now();
        if (!state) break;
        await stream.writeSSE({ data: JSON.stringify(state) });
      } else await new Promise<void>((resolve) => (wake = resolve));
    }
    stop();
  });
  response.headers.set('Cache-Control', 'no-store');
  return response;
}
