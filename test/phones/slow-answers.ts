/**
 * Answers of a token endpoint that come late or never end. The SDK gets an empty string within eight seconds.
 *
 * @module
 */
import type { ServerResponse } from 'node:http';

type Send = (response: ServerResponse) => void;

export const slow: Record<string, Send> = {
  silent: () => {},
  late: (response) => {
    setTimeout(() => response.end('{"token":"head.late.sign"}'), 8500);
  },
  'slow-body': drip('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{"a":"', 'a'),
  'slow-chunks': drip('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n', '1\r\n \r\n'),
  'slow-headers': drip('HTTP/1.1 200 OK\r\nX: ', 'a'),
  'endless-body': flood('HTTP/1.1 200 OK\r\n\r\n{"a":"', 'a'.repeat(65_536)),
  'endless-headers': flood('HTTP/1.1 200 OK\r\n', `X: ${'a'.repeat(65_000)}\r\n`),
};

/** Sends a few bytes five times a second, so that no time-out between two bytes ends the answer. */
function drip(start: string, part: string): Send {
  return ({ socket }) => {
    socket?.write(start);
    const timer = setInterval(() => socket?.write(part), 200);
    socket?.on('close', () => clearInterval(timer)).on('error', () => {});
  };
}

/** Sends as fast as the phone reads. */
function flood(start: string, part: string): Send {
  return ({ socket }) => {
    if (!socket) return;
    const more = () => {
      while (!socket.destroyed && socket.write(part));
    };
    socket.on('drain', more).on('error', () => {});
    socket.write(start);
    more();
  };
}
