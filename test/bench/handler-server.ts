/**
 * The server process for `handler.ts`: the token endpoint on a free port, with or without real signatures.
 *
 * @module
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { createMinter, createTokenHandler, generateKeys } from 'live-assist-bridge/server';

const contact = { id: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b', givenName: 'Zoë', familyName: 'García' };
const { privateKey } = await generateKeys();
const sign = process.argv.includes('constant') ? () => signature : undefined;
const signature = new Uint8Array(256);
const mint = await createMinter({ issuer: 'www.example.com', ...(sign ? { sign } : { privateKey }) });

const server = createServer(
  getRequestListener(createTokenHandler({ mint, visitor: () => contact, contact: (contact) => contact })),
);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

// On request of the parent process: the resources used so far.
process.on('message', () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: (user + system) / 1000, heap: process.memoryUsage().heapUsed });
});
