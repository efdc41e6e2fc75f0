/**
 * The site as a Cloudflare Worker. Keys are made at the first request: workerd allows no randomness before.
 *
 * @module
 */
import { createSite } from '../support/site.js';

let site: ReturnType<typeof createSite> | undefined;

const worker = {
  async fetch(request: Request): Promise<Response> {
    site ??= createSite();
    return (await site).fetch(request);
  },
};

// biome-ignore lint/style/noDefaultExport: workerd takes a worker from no other export.
export { worker as default };
