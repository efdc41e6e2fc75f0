/** One actor's address on this machine: taken first, answered from as soon as the actor is there. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

export interface Address {
  origin: string;
  /** From now on this actor answers here. */
  answerWith(actor: Hono): void;
  close(): Promise<void>;
}

/**
 * Takes `port` of `host` on this machine only; 0 takes any free port.
 *
 * @throws Error when the port is taken.
 */
export async function takeAddress(host: 'localhost' | '127.0.0.1', port: number): Promise<Address> {
  const first = await listen('127.0.0.1', port);
  const taken = (first.address() as AddressInfo).port;
  const servers = [first];
  // A browser may try ::1 for "localhost", where another program could sit.
  if (host === 'localhost') {
    try {
      servers.push(await listen('::1', taken));
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
    answerWith(actor) {
      for (const server of servers) server.on('request', getRequestListener(actor.fetch));
    },
    close: async () => void (await Promise.all(servers.map(close))),
  };
}

function listen(host: string, port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(isTaken(error) && host === '127.0.0.1' ? portTaken(port) : error));
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

const portTaken = (port: number) =>
  new Error(
    `Port ${port} is taken. Stop what listens there, or choose another: PORT=${port + 10} npm run demo`,
  );
