/**
 * The ways in which a token endpoint answers, well or badly.
 *
 * @module
 */
import { once } from 'node:events';
import type { OutgoingHttpHeaders } from 'node:http';
import type { Behaviour } from './site.js';

export const reply =
  (body: string | Buffer, headers: OutgoingHttpHeaders = {}, status = 200): Behaviour =>
  (response) =>
    response.writeHead(status, { 'Content-Type': 'text/plain', ...headers }).end(body);

export const json = (value: unknown, headers: OutgoingHttpHeaders = {}, status = 200): Behaviour =>
  reply(JSON.stringify(value), { 'Content-Type': 'application/json', ...headers }, status);

export const html = (body: string, headers: OutgoingHttpHeaders = {}): Behaviour =>
  reply(body, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-cache', ...headers });

export const status = (code: number, headers: OutgoingHttpHeaders = {}): Behaviour =>
  reply('', headers, code);

export const redirect = (location: string, code = 302): Behaviour => status(code, { Location: location });

/** The connection breaks before there is an answer. */
export const reset: Behaviour = (_, { socket }) => socket.resetAndDestroy();

/** The request is accepted, and no answer ever arrives. */
export const hang: Behaviour = () => {};

/** Half a body, then the connection breaks. */
export const breakOff =
  (body: string): Behaviour =>
  (response, { socket }) => {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': body.length });
    response.write(body.slice(0, body.length / 2), () => socket.resetAndDestroy());
  };

/** Headers and the beginning of a body, then silence. */
export const stall =
  (beginning = ''): Behaviour =>
  (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write(beginning || ' ');
  };

/** A body that never ends, a space at a time. */
export const drip: Behaviour = (response) => {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
};

/** `megabytes` of body, as fast as they are read. */
export const flood =
  (megabytes: number, beginning = ''): Behaviour =>
  async (response) => {
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.write(beginning);
    const chunk = 'x'.repeat(1e6);
    for (let sent = 0; sent < megabytes && !response.destroyed; sent++)
      if (!response.write(chunk)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    response.end();
  };

/**
 * Holds the request until `release` is called with the behaviour to use. `asked` resolves when the request has arrived.
 */
export function hold() {
  let arrive = () => {};
  const asked = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let release: (behaviour: Behaviour) => void = () => {};
  const released = new Promise<Behaviour>((resolve) => {
    release = resolve;
  });
  const behaviour: Behaviour = async (response, request) => {
    arrive();
    (await released)(response, request);
  };
  return { behaviour, asked, release };
}
