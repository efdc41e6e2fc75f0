/**
 * Sends a request as an app does: without a cookie, Origin or Sec-Fetch headers.
 *
 * @module
 */
import { type IncomingHttpHeaders, type IncomingMessage, request } from 'node:http';

export interface PhoneAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Record<string, string>;
}

export function callAsPhone(
  url: string,
  {
    method = 'GET',
    headers = {},
    json,
  }: { method?: string; headers?: Record<string, string>; json?: object },
): Promise<PhoneAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, (response) => {
      readBody(response).then((body) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
      }, reject);
    });
    sent.on('error', reject);
    if (json) sent.setHeader('Content-Type', 'application/json').end(JSON.stringify(json));
    else sent.end();
  });
}

async function readBody(response: IncomingMessage): Promise<Record<string, string>> {
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += chunk;
  return text ? JSON.parse(text) : {};
}
