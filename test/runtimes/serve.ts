/**
 * Serves the site with the running runtime's own server, and prints the port.
 *
 * @module
 */
import { createSite } from '../support/site.js';

type Fetch = (request: Request) => Promise<Response>;

const runtime = globalThis as {
  Bun?: { serve(options: { hostname: string; port: number; fetch: Fetch }): { port: number } };
  Deno?: { serve(options: object, fetch: Fetch): { addr: { port: number } } };
};

const { fetch } = await createSite();
const local = { hostname: '127.0.0.1', port: 0 };
if (runtime.Bun) {
  console.log(`port ${runtime.Bun.serve({ ...local, fetch }).port}`);
} else if (runtime.Deno) {
  console.log(`port ${runtime.Deno.serve({ ...local, onListen() {} }, fetch).addr.port}`);
} else {
  const { serve } = await import('@hono/node-server');
  serve({ ...local, fetch }, ({ port }) => console.log(`port ${port}`));
}
