/**
 * A stand-in for an organisation's Dataverse: contacts over its Web API, and faults on request.
 *
 * @module
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Row = Record<string, unknown> & { contactid: string };

/** Replaces one answer. */
type Fault = (response: ServerResponse) => void;

export async function startDataverse(rows: Row[]) {
  const faults: Fault[] = [];
  const requests: { url: URL; headers: IncomingMessage['headers']; at: number }[] = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    requests.push({ url, headers: request.headers, at: Date.now() });
    const fault = faults.shift();
    if (fault) return fault(response);
    const [status, body] = answer(url, request.headers, rows);
    response.writeHead(status, { 'Content-Type': 'application/json; odata.metadata=minimal' });
    response.end(JSON.stringify(body));
  });
  // Without this, a busy machine might close an idle connection at the moment when it is reused.
  server.keepAliveTimeout = 0;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    rows,
    faults,
    requests,
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(url: URL, headers: IncomingMessage['headers'], rows: Row[]): [number, unknown] {
  if (headers.authorization !== 'Bearer valid')
    return [401, { error: { code: '', message: 'Unauthorized' } }];
  const columns = url.searchParams.get('$select')?.split(',') ?? [];
  if (new Set(columns).size !== columns.length) return refuse('A column is selected twice.');
  const only = (row: Row) => Object.fromEntries(columns.map((column) => [column, row[column] ?? null]));
  const id = /^\/api\/data\/v9\.2\/contacts\(([\da-f-]{36})\)$/.exec(url.pathname)?.[1];
  if (id) {
    const row = rows.find(({ contactid }) => contactid === id);
    return row ? [200, only(row)] : [404, { error: { code: '0x80040217', message: 'Does Not Exist' } }];
  }
  if (url.pathname !== '/api/data/v9.2/contacts') return [404, { error: { message: 'Resource not found' } }];
  const filter = /^(\w+) eq (?:'((?:[^']|'')*)'|(-?\d+)) and statecode eq (\d)$/.exec(
    url.searchParams.get('$filter') ?? '',
  );
  if (!filter) return refuse('The filter is not understood.');
  const [, column = '', text, number, state] = filter;
  const asked = text === undefined ? Number(number) : text.replaceAll("''", "'");
  const found = rows.filter(
    (row) => collate(row[column]) === collate(asked) && row.statecode === Number(state),
  );
  return [200, { value: found.slice(0, Number(url.searchParams.get('$top'))).map(only) }];
}

const refuse = (message: string): [number, unknown] => [400, { error: { code: '0x80060888', message } }];

/** Compares like SQL Server's Latin1_General_CI_AI, which ignores case, accents and trailing spaces. */
const collate = (value: unknown) =>
  typeof value === 'string' ? value.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().trimEnd() : value;
