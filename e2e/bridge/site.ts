/**
 * A site on this machine, which serves the built files and the answers that a test defines.
 *
 * @module
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';

export type Behaviour = (response: ServerResponse, request: IncomingMessage) => unknown;

export interface SeenRequest {
  method: string | undefined;
  headers: IncomingHttpHeaders;
  /** When the request arrived, in milliseconds. Only for comparison with other requests. */
  at: number;
  /** The browser hung up before the answer was complete. */
  isAborted: boolean;
}

export interface Site {
  /** `http://localhost:port`. */
  readonly origin: string;
  /** The same site on another port: cross-origin, yet same-site. */
  readonly sister: string;
  /** The same site under another name: cross-site. */
  readonly stranger: string;
  /**
   * The nth request for `path` gets the nth behaviour, and the last one repeats. The query does not belong to the path.
   */
  serve(path: string, ...behaviours: Behaviour[]): void;
  /** The requests of the browser, in order. */
  requests(path?: string): SeenRequest[];
  /** Every requested address, with its headers. */
  readonly log: string[];
  close(): void;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const types: Record<string, string> = { '.js': 'text/javascript', '.map': 'application/json' };
const shared = /^\/(dist|test\/foreign\/node_modules)\/[\w./@-]+$/;

const file: Behaviour = (response, { url = '' }) => {
  const path = url.replace(/^(?=\/live-assist-bridge\.umd\.js)/, '/dist').replace(/\?.*/, '');
  if (!shared.test(path) || path.includes('..')) return response.writeHead(404).end();
  response.setHeader('Content-Type', types[extname(path)] ?? 'text/plain');
  createReadStream(root + path)
    .on('error', () => response.writeHead(404).end())
    .pipe(response);
};

/** Starts a site on two ports of this machine. */
export async function startSite(): Promise<Site> {
  const behaviours = new Map<string, Behaviour[]>();
  const seen = new Map<string, SeenRequest[]>();
  const log: string[] = [];

  function answer(request: IncomingMessage, response: ServerResponse) {
    const path = String(request.url).replace(/\?.*/, '');
    const { method, headers } = request;
    const entry: SeenRequest = { method, headers, at: performance.now(), isAborted: false };
    log.push(`${request.url} ${JSON.stringify(headers)}`);
    const before = seen.get(path) ?? [];
    seen.set(path, [...before, entry]);
    response.on('close', () => {
      entry.isAborted = !response.writableFinished;
    });
    // On a connection that was used before, Chromium repeats a lost request by itself: requests could not be counted.
    response.setHeader('Connection', 'close');
    response.setHeader('Cache-Control', 'no-store');
    const own = behaviours.get(path) ?? [];
    (own[before.length] ?? own.at(-1) ?? file)(response, request);
  }

  const servers = [createServer(answer), createServer(answer)];
  const [port, sisterPort] = await Promise.all(
    servers.map(async (server) => {
      await new Promise<void>((resolve) => server.listen(0, resolve));
      return (server.address() as AddressInfo).port;
    }),
  );
  return {
    origin: `http://localhost:${port}`,
    sister: `http://localhost:${sisterPort}`,
    stranger: `http://127.0.0.1:${port}`,
    serve: (path, ...list) => {
      behaviours.set(path, list);
      seen.delete(path);
    },
    log,
    requests: (path = '/token') => seen.get(path) ?? [],
    close() {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    },
  };
}
