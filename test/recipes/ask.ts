/**
 * Sends one request to a recipe unchanged: fetch would change paths and join headers.
 *
 * @module
 */
import { request } from 'node:http';
import { connect } from 'node:net';
import { text as readAll } from 'node:stream/consumers';

export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
  /** The JSON of the answer, or an empty text. */
  body: unknown;
}

/** @param path with its query, sent as it is */
export async function ask(
  origin: string,
  path: string,
  method: string,
  headers: readonly (readonly [name: string, value: string])[],
  form?: string,
  version: '1.0' | '1.1' = '1.1',
): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const all: Record<string, string[]> = { Host: [host], Connection: ['close'] };
  for (const [name, value] of headers) {
    if (name === 'Host') all.Host = [value];
    else all[name] = [...(all[name] ?? []), value];
  }
  if (version === '1.0') return askOld(origin, `${method} ${path} HTTP/1.0`, all);
  if (form !== undefined) all['Content-Type'] = ['application/x-www-form-urlencoded'];
  const single = Object.entries(all).map(([name, values]) => [
    name,
    values.length === 1 ? values[0] : values,
  ]);
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method, agent: false, headers: Object.fromEntries(single) },
      async (response) => {
        try {
          const text = await readAll(response);
          resolve(answer(response.statusCode ?? 0, response.headers, text));
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.on('error', reject).end(form);
  });
}

function answer(status: number, headers: Answer['headers'], text: string): Answer {
  const isJson = /^application\/json\b/.test(`${headers['content-type']}`);
  return { status, headers, text, body: isJson && text ? JSON.parse(text) : text };
}

/** In HTTP/1.0, which Node's client does not speak. */
async function askOld(origin: string, line: string, headers: Record<string, string[]>): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  const socket = connect(Number(port), hostname);
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => `${name}: ${value}`),
  );
  socket.write(`${[line, ...lines].join('\r\n')}\r\n\r\n`);
  const [head = '', text = ''] = (await readAll(socket)).split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  const found = fields.map((field) => {
    const [, name = '', value = ''] = /^([^:]+): *(.*)$/.exec(field) ?? [];
    return [name.toLowerCase(), value];
  });
  return answer(Number(first.split(' ')[1]), Object.fromEntries(found), text);
}
