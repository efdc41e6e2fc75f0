/**
 * Checks what the site's functions return. A mistake there must not look like a guest, or like a visitor.
 *
 * @module
 */
import type { Contact } from './contact.js';

/** @throws TypeError for `undefined` (a forgotten `return`) and other empty values. */
export function requireVisitor<V>(visitor: V | null): V | null {
  if (visitor === null || visitor) return visitor;
  throw new TypeError(
    `visitor returned ${show(visitor)}. Return what you know of the signed-in visitor, or null for a guest.`,
  );
}

/** @throws TypeError for anything but an object or `null`. */
export function requireContact(contact: Contact | null): Contact | null {
  if (typeof contact === 'object') return contact;
  throw new TypeError(
    `contact returned ${show(contact)}. Return { id, givenName, familyName }, or null if the visitor has no contact.`,
  );
}

/** @throws TypeError for anything but a non-empty string. */
export function requireToken(token: string): string {
  if (typeof token === 'string' && token !== '') return token;
  throw new TypeError(`mint returned ${show(token)}. Use the function that createMinter returns.`);
}

/** Describes a value without quoting it, because text and numbers may identify a visitor. */
function show(value: unknown): string {
  if (value === '') return 'an empty string';
  return value === undefined || typeof value === 'boolean'
    ? String(value)
    : `a value of type ${typeof value}`;
}
