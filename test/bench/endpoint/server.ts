/**
 * A server process of the bench: the token endpoint on a free port. Its options are JSON in the first argument.
 *
 * @module
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import {
  createDataverseContacts,
  createMinter,
  createTokenHandler,
  generateKeys,
} from 'live-assist-bridge/server';
import type { ServerOptions } from './start-server.js';

const options: ServerOptions = JSON.parse(process.argv[2] ?? '{}');
const contact = { id: '7b3f2a90-5c1d-4e8f-9a6b-0c2d4e6f8a1b', givenName: 'Zoë', familyName: 'García' };
const { privateKey } = await generateKeys();
const signature = new Uint8Array(256);
const signer = options.signature === 'constant' ? { sign: () => signature } : { privateKey };
const mint = await createMinter({ issuer: 'www.example.com', ...signer });

async function lookUp() {
  if (options.lookUp) await setTimeout(options.lookUp);
  return contact;
}

const { url = '', accessToken = '' } = options.dynamics ?? {};
const contacts = options.dynamics && createDataverseContacts({ url, accessToken: () => accessToken });
const tokenHandler = createTokenHandler({
  mint,
  visitor: () => 'maya@example.com',
  contact: (address) => (contacts ? contacts.byEmail(address) : lookUp()),
});

const constant = { token: await mint(contact) };
const constantHandler = async () => {
  await lookUp();
  return Response.json(constant);
};

const server = createServer(
  getRequestListener(options.answer === 'constant' ? constantHandler : tokenHandler),
);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));

// On request of the parent process: the resources used so far.
process.on('message', () => {
  globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { heapUsed, rss } = process.memoryUsage();
  process.send?.({ cpu: (user + system) / 1000, heap: heapUsed / 2 ** 20, resident: rss / 2 ** 20 });
});
