/**
 * One actor's address on this machine. The port is taken first, and answers as soon as the actor has started.
 *
 * @module
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Address {
  origin: string;
  /** From now on this actor answers here, including requests that have been waiting. */
  answerWith(actor: Hono): void;
  close(): Promise<void>;
}

/** How long a request waits for the actor before it is told to retry, in milliseconds. */
const patience = 3000;

const starting = `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="1"><title>Starting …</title>
<p style="font: 18px sans-serif; margin: 3em">The demo is starting. The terminal shows how far it is. This page loads again by itself.</p></html>`;

/**
 * Takes `port` of `host`, on this machine only. 0 takes any free port.
 *
 * @throws Error if the port is taken.
 */
export async function takeAddress(host: 'localhost' | '127.0.0.1', port: number): Promise<Address> {
  let present = (_: RequestListener) => {};
  const actor = new Promise<RequestListener>((resolve) => {
    present = resolve;
  });
  const listener: RequestListener = async (request, response) => {
    const answer = await Promise.race([actor, delay(patience, undefined, { ref: false })]);
    if (answer) return answer(request, response);
    response.writeHead(503, {
      'Content-Type': 'text/html; charset=utf-8',
      'Retry-After': '1',
      'Cache-Control': 'no-store',
    });
    response.end(starting);
  };

  const first = await listen('127.0.0.1', port, listener);
  const taken = (first.address() as AddressInfo).port;
  const servers = [first];
  // A browser may try ::1 for "localhost", where another program could be.
  if (host === 'localhost') {
    try {
      servers.push(await listen('::1', taken, listener));
    } catch (error) {
      if (isTaken(error)) {
        await close(first);
        return port === 0 ? takeAddress(host, 0) : Promise.reject(portTaken(port));
      }
      // No IPv6 on this machine.
    }
  }
  return {
    origin: `http://${host}:${taken}`,
    answerWith: ({ fetch }) => present(getRequestListener(fetch)),
    close: async () => void (await Promise.all(servers.map(close))),
  };
}

function listen(host: string, port: number, listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  // No idle timeout: a busy machine might close a connection at the moment when a client reuses it. Clients end idle
  // connections themselves.
  server.keepAliveTimeout = 0;
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(host === '127.0.0.1' ? explain(error, port) : error));
    server.listen(port, host, () => resolve(server));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Event streams stay open for as long as their pages do.
    server.closeAllConnections();
  });
}

const isTaken = (error: unknown) => (error as NodeJS.ErrnoException).code === 'EADDRINUSE';

function explain(error: NodeJS.ErrnoException, port: number): Error {
  if (isTaken(error)) return portTaken(port);
  if (error.code === 'EACCES')
    return new Error(
      `Port ${port} needs an administrator's rights. Choose another: npm run demo -- --port 3000`,
    );
  return error;
}

const portTaken = (port: number) =>
  new Error(
    `Port ${port} is taken. Is another demo running? End it, or choose another port: npm run demo -- --port ${port > 65_000 ? port - 100 : port + 10}`,
  );
