/**
 * One request to a recipe, as it is: fetch would change paths, and joins headers.
 *
 * @module
 */
import { request } from 'node:http';
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
): Promise<Answer> {
  const { hostname, port, host } = new URL(origin);
  const all: Record<string, string[]> = { Host: [host], Connection: ['close'] };
  for (const [name, value] of headers) {
    if (name === 'Host') all.Host = [value];
    else all[name] = [...(all[name] ?? []), value];
  }
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
          const isJson = /^application\/json\b/.test(response.headers['content-type'] ?? '');
          const body = isJson && text ? JSON.parse(text) : text;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text, body });
        } catch (error) {
          reject(error);
        }
      },
    );
    asked.on('error', reject).end(form);
  });
}
