/**
 * The answers of the doubles of Dynamics and Entra.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';
import type { Outcome } from './outcome.js';

/** A name, the answer, and what it leads to. */
export type Row = [name: string, answer: (response: ServerResponse) => void, outcome: Outcome];

export const answers =
  (text: string | Uint8Array, status = 200, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(text);
/** Sends until the client disconnects. */
export const endless = (response: ServerResponse, status = 200) => {
  const block = Buffer.alloc(65536, ' ');
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.write('{"value":[');
  const send = () => {
    while (!response.destroyed && response.write(block));
  };
  response.on('drain', send).on('error', () => undefined);
  send();
};
