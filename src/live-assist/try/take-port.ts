/**
 * Takes a port of the loopback interface, and of one more address if that was requested.
 *
 * @module
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TakenPort {
  port: number;
  /** Sets the listener. Until then, every request is answered with 503. */
  answerWith(listener: RequestListener): void;
  close(): Promise<void>;
}

/**
 * 0 takes any free port. @throws Error with a sentence if the port is taken or the address is not one of this machine.
 */
export async function takePort(wanted: number, sharedAddress?: string): Promise<TakenPort> {
  let answer: RequestListener = (_, response) => response.writeHead(503).end();
  const servers: Server[] = [];
  const close = async () => void (await Promise.all(servers.map(shut)));
  const open = async (host: string, port: number) => {
    const server = createServer((request, response) => answer(request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    servers.push(server);
    return (server.address() as AddressInfo).port;
  };
  try {
    const port = await open('127.0.0.1', wanted);
    // Many browsers try ::1 first for "localhost". Not every machine has IPv6.
    await open('::1', port).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') throw error;
    });
    if (sharedAddress) await open(sharedAddress, port);
    return {
      port,
      answerWith(listener) {
        answer = listener;
      },
      close,
    };
  } catch (error) {
    await close();
    throw explain(error as NodeJS.ErrnoException, wanted, sharedAddress);
  }
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Event streams stay open for as long as their pages do.
    server.closeAllConnections();
  });
}

function explain(error: NodeJS.ErrnoException, port: number, address: string | undefined): Error {
  if (error.code === 'EADDRINUSE')
    return new Error(
      `Port ${port} is taken. Is another stand-in running? End it, or choose another port: --port ${port > 65_000 ? port - 100 : port + 10}`,
    );
  if (error.code === 'EACCES')
    return new Error(`Port ${port} needs an administrator's rights. Choose one above 1023: --port 3900`);
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'EINVAL')
    return new Error(`${address} is not an address of this machine. Give one of its own to --listen-on.`);
  return error;
}
