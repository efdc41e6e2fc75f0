/**
 * Makes the body of an answer stall after its headers have arrived. Playwright can only send whole bodies.
 *
 * @module
 */
import type { BrowserContext } from '@playwright/test';

/** The header that marks an answer whose body must stall. */
export const stallHeader = 'x-live-assist-stalled-body';

/** Runs in the page, so it refers to nothing outside itself. */
function patchFetch(header: string): void {
  const send = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const response = await send(...request);
    if (!response.headers.has(header)) return response;
    const [input, init] = request;
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const stalled = new ReadableStream({
      start(controller) {
        signal?.addEventListener('abort', () => controller.error(signal.reason));
      },
    });
    return new Response(stalled, response);
  };
}

/** Patches `fetch` in all present and future pages of `context` to stall answers with `stallHeader`. */
export async function teachToStall(context: BrowserContext): Promise<void> {
  await context.addInitScript(patchFetch, stallHeader);
  await Promise.all(context.pages().map((page) => page.evaluate(patchFetch, stallHeader)));
}
