/**
 * The site that the browser visits: one page for each script, and token endpoints that count.
 *
 * @module
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that lives this many seconds. It never repeats. */
export function token(lifetime = 7200, claims: object = {}): string {
  const iat = Math.floor(Date.now() / 1000);
  const all = {
    sub: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b',
    iss: 'www.example.com',
    iat,
    exp: iat + lifetime,
    jti: randomUUID(),
    ...claims,
  };
  // As long as a real signature. The page does not verify it.
  return `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(all)}.${'A'.repeat(342)}`;
}

const oauth = () => ({
  access_token: token(),
  refresh_token: token(),
  token_type: 'Bearer',
  expires_in: 7200,
});

/** The token endpoints, each in its product's form. */
const endpoints: Record<string, () => object> = {
  '/token': () => ({ token: token() }),
  '/liveblocks': () => ({
    token: token(7200, { k: 'acc', pid: 'p', uid: 'u', perms: { '*': ['room:write'] } }),
  }),
  '/ably': () => ({
    token: token(),
    issued: Date.now(),
    expires: Date.now() + 7.2e6,
    capability: '{"*":["*"]}',
  }),
  '/realms/shop/protocol/openid-connect/token': oauth,
  '/oidc': oauth,
};

/** Serves `/page/<name>` with the tag of that name, `/script/<name>`, and the token endpoints, on a free port. */
export async function servePages(scripts: Record<string, { code: string; attributes?: string }>) {
  let requests = 0;
  const server = createServer((request, response) => {
    const path = decodeURI(request.url ?? '').split('?')[0] ?? '';
    const [, kind, name = ''] = /^\/(page|script)\/(.*)$/.exec(path) ?? [];
    const [script, endpoint] = [scripts[name], endpoints[path]];
    const answer = (contentType: string, body: string) =>
      response
        .writeHead(200, {
          'Content-Type': contentType,
          'Cache-Control': 'no-store',
          // Cross-origin isolated pages have a finer clock.
          'Cross-Origin-Opener-Policy': 'same-origin',
          'Cross-Origin-Embedder-Policy': 'require-corp',
        })
        .end(body);
    if (endpoint) {
      requests++;
      answer('application/json', JSON.stringify(endpoint()));
    } else if (kind === 'script' && script) answer('text/javascript; charset=utf-8', script.code);
    else
      answer(
        'text/html; charset=utf-8',
        // As on a real site, the page's own script uses the DOM first, because the first user pays for the browser's
        // set-up.
        `<!doctype html><title>Shop</title><h1>Shop</h1><p>${'Lorem ipsum dolor sit amet. '.repeat(200)}</p>
        <script>
          for (const { dataset } of document.querySelectorAll('script')) dataset.seen = new URL(location).host;
          document.addEventListener('click', () => localStorage.setItem('clicked', document.currentScript));
        </script>
        ${script ? `<script src="/script/${encodeURI(name)}" ${script.attributes ?? ''} defer></script>` : ''}`,
      );
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    /** Token requests since the last call. */
    countRequests(): number {
      const count = requests;
      requests = 0;
      return count;
    },
    close(): void {
      server.close();
      server.closeAllConnections();
    },
  };
}
