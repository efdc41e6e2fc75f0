/**
 * The site that the browser visits: one page for each script, and a token endpoint that counts.
 *
 * @module
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that lives this many seconds. */
export function token(lifetime = 7200): string {
  const iat = Math.floor(Date.now() / 1000);
  const claims = {
    sub: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b',
    iss: 'www.example.com',
    iat,
    exp: iat + lifetime,
  };
  // As long as a real signature. The page does not verify it.
  return `${base64url({ alg: 'RS256', typ: 'JWT' })}.${base64url(claims)}.${'A'.repeat(342)}`;
}

/** Serves `/page/<name>` with the tag of that name, `/script/<name>.js` and `/token`, on a free port. */
export async function servePages(scripts: Record<string, { code: string; attributes?: string }>) {
  let requests = 0;
  const server = createServer((request, response) => {
    const [, kind, file = ''] = (request.url ?? '').split('/');
    const script = scripts[file.replace('.js', '')];
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
    if (kind === 'token') {
      requests++;
      answer('application/json', JSON.stringify({ token: token() }));
    } else if (kind === 'script' && script) answer('text/javascript', script.code);
    else
      answer(
        'text/html',
        // As on a real site, the page's own script uses the DOM first, because the first user pays for the browser's
        // set-up.
        `<!doctype html><title>Shop</title><h1>Shop</h1><p>${'Lorem ipsum dolor sit amet. '.repeat(200)}</p>
        <script>
          for (const { dataset } of document.querySelectorAll('script')) dataset.seen = new URL(location).host;
          document.addEventListener('click', () => localStorage.setItem('clicked', document.currentScript));
        </script>
        ${script ? `<script src="/script/${file}.js" ${script.attributes ?? ''} defer></script>` : ''}`,
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
