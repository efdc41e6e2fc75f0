/**
 * Reads the headers to send, given as "Name: value" or as a file of such lines.
 *
 * @module
 */

import { UsageError } from '../usage-error.js';
import { readTextOrFile } from './read-text.js';

/**
 * Headers of the connection, which fetch sets itself or refuses to send, and headers that would make a cache answer.
 */
const notSent =
  /^\s*(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect|host|content-length|accept-encoding|sec-fetch-mode|if-none-match|if-modified-since)\s*:/i;

/**
 * Lines that are not headers in a request copied from a browser's tools: HTTP/2's own, and the first line of HTTP/1.1.
 */
const noHeader = /^\s*(:|(GET|POST) \S+ HTTP)/i;

/** @throws UsageError. It never quotes a header's value. */
export async function readGivenHeaders(given: string[] = []): Promise<Headers> {
  const headers = new Headers();
  for (const one of given) {
    const [, refused] = (!one.startsWith('@') && notSent.exec(one)) || [];
    if (refused)
      throw new UsageError(
        `--header: ${refused} is not sent, because it concerns the connection or a cache. Leave it out.`,
      );
    const lines = (await readTextOrFile(one, '--header'))
      .split(/\r?\n/)
      .filter((line) => line.trim() && !notSent.test(line) && !noHeader.test(line));
    if (lines.length === 0)
      throw new UsageError(
        `--header: the ${one.startsWith('@') ? 'file' : 'text'} holds no header to send. Write "Name: value", like the Cookie of a signed-in visitor.`,
      );
    for (const line of lines) add(headers, line);
  }
  return headers;
}

function add(headers: Headers, line: string): void {
  const [, name, value] = /^\s*([!#$%&'*+.^_`|~\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError(
      /^[^\s:]+=/.test(line)
        ? '--header holds a line that is not a header, but may be the value of one. Write "Cookie: " before it.'
        : '--header holds a line that is not a header. Write "Name: value", or @FILE with one header per line.',
    );
  if (!value)
    throw new UsageError(`--header: ${name} has no value. Write "${name}: value", or leave it out.`);
  // The form of a field value (RFC 9110 section 5.5); fetch's own error message would quote it.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new UsageError(
      `--header: the value of ${name} has characters that no header can carry. Copy it again.`,
    );
  headers.append(name, value);
}
