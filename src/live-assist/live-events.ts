/** Sends a page what is so now, and again after every change, as server-sent events. */
import type { Context } from 'hono';
import { streamSSE } from 'hono/streaming';

/**
 * The whole state each time, so that a page which reconnects has missed nothing. `now` answering undefined ends the stream.
 */
export function liveEvents(c: Context, changes: EventTarget, now: () => object | undefined): Response {
  return streamSSE(c, async (stream) => {
    let hasChanged = true;
    let wake = () => {};
    const onChange = () => {
      hasChanged = true;
      wake();
    };
    changes.addEventListener('change', onChange);
    stream.onAbort(() => {
      changes.removeEventListener('change', onChange);
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
    changes.removeEventListener('change', onChange);
  });
}
