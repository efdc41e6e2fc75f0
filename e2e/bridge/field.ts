/**
 * The fixtures of this folder: a site that can misbehave, its pages, and a watch for everything that must not happen.
 *
 * @module
 */
import { test as base, type Frame, type Page } from '@playwright/test';
import { createMint, type Mint } from './mint.js';
import { html, json } from './misbehave.js';
import { installRecorder } from './recorder.js';
import { type Site, startSite } from './site.js';
import { type Watch, watch } from './watch.js';

export { expect } from '@playwright/test';
export { codes } from './watch.js';

interface Field {
  site: Site;
  /** A test announces here which messages its pages will write. Any other message fails the test. */
  watched: Watch;
  mint: Mint;
  /** Makes `/token` answer with a token for each `sub` in turn, and then repeat the last. Returns the tokens. */
  serveTokens<Subs extends string[]>(...subs: Subs): Promise<{ [Index in keyof Subs]: string }>;
  /** Opens a page with this markup. */
  open(markup: string, headers?: Record<string, string>): Promise<Page>;
  /** Opens a page with the tag; attributes as in `dataset`. */
  visit(attributes?: Record<string, string | number>): Promise<Page>;
  /** Opens a page where `window.bridge` is `createBridge` of the built file with the options in this source text. */
  create(options: string): Promise<Page>;
}

export const refusal = [null, 'Unable to generate key'];

/** The script tag; attributes as in `dataset`. */
export function tag(
  attributes: Record<string, string | number> = {},
  src = '/live-assist-bridge.umd.js',
): string {
  const data = Object.entries(attributes).map(
    ([name, value]) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}="${value}"`,
  );
  return `<script src="${src}" ${data.join(' ')}></script>`;
}

/** In module.config.ts, `visit` and `create` import the module instead of the tag's file. */
const isModule = process.env.ENTRY === 'module';

/** A page's script that imports the module and creates a bridge with the options in this source text. */
const moduleScript = (options: string) => `<script type="module">
  import * as liveAssistBridge from '/dist/bridge/index.js';
  window.liveAssistBridge = { ...liveAssistBridge };
  window.bridge = window.liveAssistBridge.bridge = liveAssistBridge.createBridge(${options});
</script>`;

/** Calls the method as Live Assist does, and returns the arguments of its answer. */
export const engage = (page: Page | Frame, name?: string): Promise<unknown[]> =>
  page.evaluate((method) => window.recorder.engage(method), name);

export const test = base.extend<Field>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from a pattern.
  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    site.close();
  },
  watched: [
    async ({ context, site }, use, testInfo) => {
      const watched = watch(context, site);
      await context.addInitScript(installRecorder);
      await use(watched);
      if (testInfo.status === testInfo.expectedStatus) await watched.check();
    },
    { auto: true },
  ],
  mint: async ({ watched }, use) => use(await createMint(watched.secret)),
  serveTokens: async ({ mint, site }, use) => {
    await use(async <Subs extends string[]>(...subs: Subs) => {
      const tokens = await Promise.all(subs.map((sub) => mint({ sub })));
      site.serve('/token', ...tokens.map((token) => json({ token })));
      return tokens as { [Index in keyof Subs]: string };
    });
  },
  open: async ({ page, site }, use) => {
    await use(async (markup, headers) => {
      site.serve('/', html(`<!doctype html><title>A page</title>${markup}`, headers));
      await page.goto(site.origin);
      return page;
    });
  },
  visit: async ({ open }, use) =>
    use(({ visitor, ...attributes } = {}) => {
      const options = { tokenEndpoint: '/token', ...attributes };
      // The attribute is read at each call, which only the tag does.
      if (!isModule || visitor !== undefined)
        return open(tag({ ...options, ...(visitor !== undefined && { visitor }) }));
      return open(moduleScript(JSON.stringify(options)));
    }),
  create: async ({ open }, use) =>
    use((options) =>
      open(
        isModule
          ? moduleScript(options)
          : `${tag()}<script>var bridge = liveAssistBridge.createBridge(${options})</script>`,
      ),
    ),
});
