/** Reads the headers to send, given as "Name: value" or as a file of such lines. */
import { readTextOrFile } from './read-text.js';
import { UsageError } from './usage-error.js';

/** Lines of a request copied from a browser's tools that belong to its connection or its cache. */
const notSent =
  /^(:|(GET|POST) \S+ HTTP|(connection|keep-alive|proxy-connection|te|trailer|transfer-encoding|upgrade|expect|host|content-length|accept-encoding|if-none-match|if-modified-since):)/i;

/** @throws UsageError, which never quotes a header's value. */
export async function readHeaders(given: string[] = []): Promise<Headers> {
  const headers = new Headers();
  for (const one of given) {
    const lines = (await readTextOrFile(one, '--header')).split(/\r?\n/);
    for (const line of lines.filter((line) => line.trim() && !notSent.test(line))) add(headers, line);
  }
  return headers;
}

function add(headers: Headers, line: string): void {
  const [, name, value] = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*?)\s*$/.exec(line) ?? [];
  if (name === undefined || value === undefined)
    throw new UsageError(
      '--header holds a line that is no header. Write "Name: value", or @FILE with one of them a line.',
    );
  // The form of a field value (RFC 9110 section 5.5); fetch's own error message would quote it.
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new UsageError(
      `--header: the value of ${name} has characters that no header can carry. Copy it again.`,
    );
  headers.append(name, value);
}
