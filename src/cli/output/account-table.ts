/**
 * Prints what is configured in Live Assist next to what is expected.
 *
 * @module
 */

import type { ExpectedSettings } from '../../diagnosis/account/compare-connector.js';
import type { Connector } from '../../diagnosis/account/connector.js';
import type { AccountInspection } from '../../diagnosis/account/inspect-account.js';
import { quote } from '../../diagnosis/quote.js';
import { configuredField, configuredType, keyWords, notPublished } from './configured-column.js';
import { createPaint } from './style.js';
import type { Terminal } from './terminal.js';

/** A setting, what is configured, and what is expected. */
type Row = readonly [name: string, configured: string, expected: string];

export async function accountTable(
  { selection, connectors }: AccountInspection,
  expected: ExpectedSettings,
  terminal: Terminal,
): Promise<string> {
  const shown = selection ? [selection.connector] : connectors.slice(0, 20);
  const tables = await Promise.all(shown.map((connector) => tableOf(connector, expected, terminal)));
  const left = selection ? 0 : connectors.length - shown.length;
  const more = left > 0 ? `And ${left} more. Select one with --issuer.\n\n` : '';
  return tables.map((table) => `${table}\n\n`).join('') + more;
}

async function tableOf(
  connector: Connector,
  expected: ExpectedSettings,
  terminal: Terminal,
): Promise<string> {
  const paint = createPaint(terminal);
  const rows = await rowsOf(connector, expected);
  const header: Row = ['Setting', 'Configured', 'Expected'];
  const width = (index: 0 | 1) => Math.max(...[header, ...rows].map((row) => row[index].length)) + 2;
  const line = (row: Row) => `  ${row[0].padEnd(width(0))}${row[1].padEnd(width(1))}${row[2]}`.trimEnd();
  const title = `Identity provider ${quote(connector.name ?? connector.id ?? 'without a name', 60)}`;
  return [paint('bold', title), '', paint('bold', line(header)), ...rows.map(line)].join('\n');
}

async function rowsOf(connector: Connector, expected: ExpectedSettings): Promise<Row[]> {
  const { type, deleted, fields } = connector;
  const text = (name: keyof Connector['fields']) => configuredField(connector, name);
  return [
    ['Type', configuredType(type), 'implicit'],
    ['Validation type', text('jwtValidationType'), '"PUBLIC_JWT_KEY"'],
    [
      'JWT Public Key',
      fields.jwtPublicKey === undefined ? text('jwtPublicKey') : await keyWords(fields.jwtPublicKey),
      expected.publicKey === undefined ? 'the key of the site' : await keyWords(expected.publicKey),
    ],
    [
      'JWT Issuer',
      text('issuer'),
      expected.issuer === undefined ? 'the "iss" of the token' : quote(expected.issuer),
    ],
    ['JS Method Name', text('jsMethodName'), quote(expected.methodName)],
    ['JS Context', text('jsContext'), '(blank) or "window"'],
    ['Authentication Endpoint', text('authorizationEndpoint'), '(blank)'],
    ['Deleted', deleted === undefined ? notPublished : deleted ? 'yes' : 'no', 'no'],
  ];
}
