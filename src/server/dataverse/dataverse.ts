/**
 * Finds a visitor's contact in Dynamics, over Dataverse's Web API.
 *
 * @module
 */

import { parseGuid } from '../../contract/guid.js';
import type { Contact } from '../contact.js';
import { contactId } from '../contact-id.js';
import { DataverseError } from './dataverse-error.js';
import type { DataverseOptions, LookUpOptions } from './dataverse-options.js';
import { createDataverseRequest } from './dataverse-request.js';
import { odataText } from './odata-text.js';
import { isSameAddress } from './same-address.js';

/**
 * Look-ups of active contacts. Each returns `null` if there is none.
 *
 * @throws DataverseError if the look-up fails, or if more than one contact matches.
 */
export interface DataverseContacts {
  /**
   * Finds a contact by the primary e-mail address (`emailaddress1`). Upper and lower case of A to Z are equal.
   *
   * DANGER: a visitor who signs up with somebody else's address becomes that contact. Use only addresses that the
   * visitor has confirmed.
   *
   * @throws TypeError for an empty address.
   */
  byEmail(address: string, options?: LookUpOptions): Promise<Contact | null>;
  /**
   * Finds a contact by a column that contains the site's own id of the visitor, such as `externaluseridentifier`. Text
   * is compared exactly, including case.
   *
   * @param column Logical name of the column.
   * @throws TypeError if the column is not a name, or the value is empty.
   */
  byExternalId(column: string, value: string | number, options?: LookUpOptions): Promise<Contact | null>;
  /**
   * Finds a contact by its GUID, for example to check a GUID that the site has stored.
   *
   * @throws TypeError if it is not a GUID.
   */
  byId(id: string, options?: LookUpOptions): Promise<Contact | null>;
}

type Row = Record<string, unknown>;

/**
 * The maximum number of rows to compare. A database that ignores accents may return other rows besides the matching
 * one.
 */
const page = 50;

/**
 * Creates look-ups of contacts in one organisation.
 *
 * @example
 * ```ts
 * import { DefaultAzureCredential } from '@azure/identity';
 *
 * const url = 'https://contoso.crm4.dynamics.com';
 * const contacts = createDataverseContacts({ url, credential: new DefaultAzureCredential() });
 * ```
 *
 * @throws TypeError if an option cannot be used.
 */
export function createDataverseContacts(options: DataverseOptions): DataverseContacts {
  const request = createDataverseRequest(options);

  const find = async (
    column: string,
    literal: string | undefined,
    same: (stored: unknown) => boolean,
    options?: LookUpOptions,
  ) => {
    if (literal === undefined) return null;
    const filter = encodeURIComponent(`${column} eq ${literal} and statecode eq 0`);
    const columns = [...new Set(['contactid', 'firstname', 'lastname', column])].join();
    const answer = await request(`contacts?$select=${columns}&$filter=${filter}&$top=${page}`, options);
    const rows = rowsOf(answer).filter((row) => same(row[column]));
    if (rows.length > 1) throw ambiguous(column, rows);
    return rows[0] ? contactOf(rows[0]) : null;
  };

  return {
    async byEmail(address, options) {
      requireText('byEmail', address);
      return find('emailaddress1', odataText(address), (stored) => isSameAddress(stored, address), options);
    },
    async byExternalId(column, value, options) {
      if (typeof column !== 'string' || !/^[a-z_]\w*$/i.test(column))
        throw new TypeError('The column is not a logical name. Write it like externaluseridentifier.');
      if (typeof value === 'number') {
        if (!Number.isSafeInteger(value)) throw new TypeError('The external id is not a whole number.');
        return find(column, String(value), (stored) => stored === value, options);
      }
      requireText('byExternalId', value);
      return find(column, odataText(value), (stored) => stored === value, options);
    },
    async byId(id, options) {
      const guid = contactId(id);
      const row = await request(`contacts(${guid})?$select=contactid,firstname,lastname,statecode`, options);
      if (row === undefined) return null;
      if (!isRow(row) || parseGuid(row.contactid) !== guid) throw unexpected();
      return row.statecode === 0 ? contactOf(row) : null;
    },
  };
}

function requireText(method: string, text: unknown): void {
  if (typeof text === 'string' && text !== '') return;
  throw new TypeError(
    `${method} was called with an empty value. Return null from contact for a visitor without such a value.`,
  );
}

function rowsOf(answer: unknown): Row[] {
  const rows: unknown = isRow(answer) ? answer.value : undefined;
  if (Array.isArray(rows) && rows.every(isRow)) return rows;
  throw unexpected();
}

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function contactOf({ contactid, firstname, lastname }: Row): Contact {
  const id = parseGuid(contactid);
  if (!id) throw unexpected();
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return { id, givenName: text(firstname), familyName: text(lastname) };
}

function ambiguous(column: string, rows: Row[]): DataverseError {
  const ids = rows.map((row) => parseGuid(row.contactid)).join(', ');
  return new DataverseError(
    'ambiguous',
    `${rows.length} active contacts have the same ${column}: ${ids}. Merge them in Dynamics, or keep the right GUID with the visitor's account.`,
  );
}

function unexpected(): DataverseError {
  return new DataverseError(
    'unexpected-answer',
    'The answer does not come from Dataverse. Is url the address of the organisation itself?',
  );
}
