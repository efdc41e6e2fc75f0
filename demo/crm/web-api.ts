/**
 * Contacts in the format of Dataverse's Web API, as far as a look-up needs it.
 *
 * @module
 */
import { timingSafeEqual } from 'node:crypto';
import { type Context, Hono } from 'hono';
import { type Column, type ContactRow, columns, isColumn } from './columns.js';
import type { ContactTable } from './database.js';
import { parseFilter } from './filter.js';
import { badRequest, noSuchContact, ODataError, unknownColumn } from './odata-error.js';

const root = '/api/data/v9.2';
const headers = { 'OData-Version': '4.0', 'Cache-Control': 'no-cache' };
const guid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;
const mostRows = 5000;

/** `GET contacts` with `$filter`, `$select`, `$top`, and `GET contacts(guid)`; all behind a bearer token. */
export function createWebApi(contacts: ContactTable, accessToken: string): Hono {
  const api = new Hono().basePath(root);

  api.use(async (c, next) => {
    const given = Buffer.from(c.req.header('authorization') ?? '');
    const expected = Buffer.from(`Bearer ${accessToken}`);
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return c.body(null, 401, { 'WWW-Authenticate': 'Bearer' });
    return next();
  });

  api.get('/contacts', (c) => {
    for (const option of Object.keys(c.req.query()))
      if (option.startsWith('$') && !['$filter', '$select', '$top'].includes(option))
        throw badRequest(`The query option ${option} is not understood here.`);
    const { $filter, $top } = c.req.query();
    if ($top !== undefined && !/^\d{1,4}$/.test($top)) throw badRequest(`Invalid value '${$top}' for $top.`);
    const where = $filter === undefined ? { sql: '1 = 1', values: [] } : parseFilter($filter);
    const select = selected(c);
    const rows = contacts.find(select, where, Number($top ?? mostRows));
    return c.json({ '@odata.context': context(c, select, ''), value: rows.map(withEtag) }, 200, headers);
  });

  api.get('/:entity{contacts\\([^)]*\\)}', (c) => {
    const id = c.req.param('entity').slice('contacts('.length, -1);
    if (!guid.test(id)) throw badRequest(`Bad Request - Error in query syntax: '${id}' is no GUID.`);
    const select = selected(c);
    const row = contacts.byId(id);
    if (!row) throw noSuchContact(id);
    const picked = Object.fromEntries(select.map((name) => [name, row[name]]));
    return c.json({ '@odata.context': context(c, select, '/$entity'), ...withEtag(picked) }, 200, headers);
  });

  api.all('*', (c) =>
    c.json(
      { error: { code: '0x8006088a', message: `Resource not found for the segment '${c.req.path}'.` } },
      404,
      headers,
    ),
  );

  api.onError((error, c) => {
    if (!(error instanceof ODataError)) throw error;
    return c.json({ error: { code: error.code, message: error.message } }, error.status, headers);
  });
  return api;
}

/** Like Dataverse, always includes the GUID, even if it was not selected. */
function selected(c: Context): Column[] {
  const list = c.req.query('$select');
  if (!list) return Object.keys(columns) as Column[];
  const names = list.split(',').map((name) => {
    const trimmed = name.trim();
    if (!isColumn(trimmed)) throw unknownColumn(trimmed);
    return trimmed;
  });
  return [...new Set<Column>([...names, 'contactid'])];
}

const context = (c: Context, select: Column[], suffix: string) =>
  `${new URL(c.req.url).origin}${root}/$metadata#contacts(${select.join(',')})${suffix}`;

const withEtag = (row: Partial<ContactRow>) => ({ '@odata.etag': 'W/"1"', ...row });
