/**
 * Refuses values that cannot be a Contact's id, before they reach a token or a query.
 *
 * @module
 */
import { parseGuid } from '../contract/guid.js';

/**
 * Returns `id` as a lower-case GUID without braces.
 *
 * @throws TypeError if it is not a GUID. The message describes the value without quoting it.
 */
export function contactId(id: unknown): string {
  const guid = parseGuid(id);
  if (guid !== undefined) return guid;
  throw new TypeError(
    `The contact's id ${describe(id)}. It must be the GUID of a Contact in Dynamics (column contactid), like 3f2504e0-4f89-41d3-9a0c-0305e82c3301.`,
  );
}

function describe(id: unknown): string {
  if (id === undefined || id === null || id === '') return 'is missing';
  if (typeof id !== 'string') return `is of type ${typeof id}`;
  if (id.includes('@')) return 'is an e-mail address';
  if (/^[{]?[0-]+[}]?$/.test(id)) return 'is the GUID of zeros, which stands for no record';
  if (/^[\da-f]{32}$/i.test(id)) return 'has 32 digits and no dashes';
  return 'is not a GUID';
}
