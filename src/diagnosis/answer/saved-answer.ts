/**
 * Reads an HTTP answer that was saved with its headers, as `curl -i` prints it.
 *
 * @module
 */
import { isRequest } from '../token/pasted-instead.js';

/** Matches what comes before the body. A copy may lack the blank line after it. */
const head = /^HTTP\/[\d.]+ (\d{3})([^\r\n]*)(?:\r?\n|$)((?:[^\r\n]+(?:\r?\n|$))*)(?:\r?\n|$)/;

/**
 * Returns the answer as a Response. Of several in a row, the first final answer counts. Returns `undefined` for other
 * text.
 */
export function savedAnswer(saved: string): Response | undefined {
  let text = withoutRequest(withoutMarks(saved).trimStart());
  for (let found = head.exec(text); found; found = head.exec(text)) {
    const [all, digits, reason = '', lines = ''] = found;
    const status = Number(digits);
    text = text.slice(all.length);
    // Skips heads before the answer's own: interim answers, and a proxy's answer that opens a tunnel.
    if (status < 200 || (/established/i.test(reason) && head.test(text.trimStart()))) text = text.trimStart();
    else return status > 599 ? undefined : response(status, lines, text);
  }
  return undefined;
}

/** Removes the request or the command before the answer, as a terminal shows them. */
function withoutRequest(text: string): string {
  const start = text.search(/^HTTP\/[\d.]+ \d{3}/m);
  return start > 0 && isRequest(text.slice(0, start)) ? text.slice(start) : text;
}

/** Remarks of curl between and after the lines of a body. The last remark may stand on the body's last line. */
const REMARKS =
  /^(?:[*>] .*|[{}] \[\d+ bytes data\].*)\r?\n?|\* (?:Connection #\d+ to host|Closing connection)\b.*\r?\n?/gm;

/** `curl -v` marks each line as sent, received, or a remark of its own. */
function withoutMarks(saved: string): string {
  if (!/^[*>] .*$/m.test(saved) || !/^< HTTP\//m.test(saved)) return saved;
  // The mark is followed by a blank or nothing. A line of HTML is not a header.
  const head = [...saved.matchAll(/^<(?: (.*))?$/gm)];
  const last = head.at(-1);
  const body = saved.slice(last && last.index + last[0].length).replace(/^\r?\n/, '');
  return `${head.map(([, line = '']) => line).join('\n')}\n${body.replace(REMARKS, '')}`;
}

function response(status: number, lines: string, body: string): Response {
  const headers = new Headers();
  for (const line of lines.split(/\r?\n/)) {
    const [, name, value] = /^([\w-]+):\s*([\x20-\xff]*)$/.exec(line) ?? [];
    if (name && value !== undefined) headers.append(name, value.trim());
  }
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers });
}
