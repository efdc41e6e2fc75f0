/**
 * A token endpoint for the phone files. Each path is one answer, and `/cases` lists the paths.
 *
 * @module
 */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { accepted, refused } from './endpoint-answers.js';
import { slow } from './slow-answers.js';

export interface EndpointDouble {
  /** For example `http://127.0.0.1:40000/` */
  url: string;
  stop(): void;
}

/** The token for a session key. The phone files' checks compute it in the same way. */
export const tokenFor = (key: string) => `head.${Buffer.from(key).toString('base64url')}.sign`;

export async function startEndpoint(): Promise<EndpointDouble> {
  const seen = { requests: 0, cookies: 0, cacheable: 0, open: 0, longest: 0 };

  const answer = (path: string, key: string, response: ServerResponse, delay: number) => {
    if (path === 'cases') return response.end(cases());
    if (path === 'seen') return response.end(lines(Object.entries(seen)));
    const send = accepted[path] ?? refused[path] ?? slow[path];
    if (!send) throw new Error(`The endpoint's double has no answer "${path}".`);
    setTimeout(send, delay, response, tokenFor(key));
  };

  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const path = pathname.slice(1);
    const { authorization = '', cookie, 'cache-control': cacheControl } = request.headers;
    if (path !== 'cases' && path !== 'seen') {
      seen.requests += 1;
      if (cookie) seen.cookies += 1;
      if (cacheControl !== 'no-cache') seen.cacheable += 1;
    }
    answer(path, authorization.replace('Bearer ', ''), response, Number(searchParams.get('ms')));
  });
  server.on('connection', (socket) => {
    seen.open += 1;
    socket.on('close', () => {
      seen.open -= 1;
      seen.longest = Math.max(seen.longest, socket.bytesWritten);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

const lines = (pairs: [string, string | number][]) => pairs.map((pair) => `${pair.join(' ')}\n`).join('');

const cases = () =>
  lines(
    Object.entries({ accepted, refused, slow }).flatMap(([outcome, answers]) =>
      Object.keys(answers).map((path): [string, string] => [outcome, path]),
    ),
  );
