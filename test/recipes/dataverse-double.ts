/**
 * A small CRM: contacts in the shape of Dataverse's Web API, behind an access token of a client-credentials endpoint.
 *
 * @module
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { listen } from '../support/listen.js';

export interface StoredContact {
  contactid: string;
  firstname: string | null;
  lastname: string | null;
  emailaddress1: string;
  statecode: 0 | 1;
}

export interface DataverseDouble {
  url: string;
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  accessToken: string;
  /** Revokes the access token: the next request with it is answered with 401, and a new token is issued. */
  revoke(): void;
  /** The requested paths with their queries, in order. */
  asked: string[];
  /** Answers the next look-ups of contacts in place of the CRM. */
  fault: ((response: ServerResponse) => void) | undefined;
  /** Answers the next requests for an access token. */
  tokenFault: ((response: ServerResponse) => void) | undefined;
  stop(): Promise<void>;
}

const root = '/api/data/v9.2/contacts';

export async function startDataverse(contacts: StoredContact[]): Promise<DataverseDouble> {
  let given = 0;
  const double: Omit<DataverseDouble, 'url' | 'tokenUrl' | 'stop'> = {
    clientId: '11111111-2222-4333-8444-555555555555',
    clientSecret: 'Client~secret+with/signs=and&more',
    accessToken: 'access-token-of-the-application-user',
    revoke: () => {
      double.accessToken = `access-token-of-the-application-user-${++given}`;
    },
    asked: [],
    fault: undefined,
    tokenFault: undefined,
  };
  const server = createServer(async (request, response) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    double.asked.push(request.url ?? '');
    if (path === '/tenant/oauth2/v2.0/token')
      return double.tokenFault ? double.tokenFault(response) : grant(request, response);
    if (path !== root)
      return json(response, 404, { error: { code: '0x8006088a', message: 'No such resource.' } });
    if (request.headers.authorization !== `Bearer ${double.accessToken}`) return json(response, 401, {});
    if (double.fault) return double.fault(response);
    const { filter, select } = optionsOf(query);
    const matches = select && parseFilter(filter);
    if (!matches) return json(response, 400, { error: { code: '0x80060888', message: 'Syntax error.' } });
    const value = contacts.filter(matches).map((contact) => ({
      '@odata.etag': 'W/"4812337"',
      ...Object.fromEntries(select.map((column) => [column, contact[column]])),
    }));
    json(response, 200, { '@odata.context': `${url}/api/data/v9.2/$metadata#contacts(${select})`, value });
  });

  const grant = async (request: IncomingMessage, response: ServerResponse) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const form = Object.fromEntries(new URLSearchParams(text));
    const right =
      request.method === 'POST' &&
      request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') &&
      form.grant_type === 'client_credentials' &&
      form.client_id === double.clientId &&
      form.client_secret === double.clientSecret &&
      form.scope === `${url}/.default`;
    if (!right) return json(response, 401, { error: 'invalid_client', error_description: text });
    json(response, 200, { token_type: 'Bearer', expires_in: 3599, access_token: double.accessToken });
  };

  const { url, stop } = await listen(server);
  return Object.assign(double, { url, tokenUrl: `${url}/tenant/oauth2/v2.0/token`, stop });
}

function json(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; odata.metadata=minimal' });
  response.end(JSON.stringify(body));
}

/** Only percent-encoding is decoded. In OData, a plus is a plus. */
function optionsOf(query: string): { filter: string; select: (keyof StoredContact)[] | undefined } {
  const pairs = query.split('&').map((pair) => pair.split('=').map(decodeURIComponent) as [string, string]);
  const { $filter = '', $select } = Object.fromEntries(pairs);
  return { filter: $filter, select: $select?.split(',') as (keyof StoredContact)[] | undefined };
}

function parseFilter(filter: string): ((contact: StoredContact) => boolean) | undefined {
  const [, column, text, guid] =
    /^(?:(emailaddress1) eq '((?:[^']|'')*)'|contactid eq ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})) and statecode eq 0$/i.exec(
      filter,
    ) ?? [];
  if (guid) return (contact) => contact.statecode === 0 && fold(contact.contactid) === fold(guid);
  if (column && text !== undefined)
    return (contact) =>
      contact.statecode === 0 && fold(contact.emailaddress1) === fold(text.replaceAll("''", "'"));
  return undefined;
}

/** Compares as a collation without case and accents does. */
const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
