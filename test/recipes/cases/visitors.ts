/**
 * Visitors whom a site may name, and whether the recipe finds their contact.
 *
 * @module
 */
import { ada, adasId, guid } from './contacts.js';

/** Visitors whose contact is found, and what the token says of it. */
export const found: [name: string, visitor: string, sub: string, given?: string, family?: string][] = [
  ['an address', 'ada@example.com', adasId, 'Ada', 'Lovelace'],
  ['an address with an apostrophe', "o'brien@example.com", guid(2), 'Seán', "O'Brien"],
  ['an address with letters beyond ASCII', 'zoë@example.com', guid(3), '李 "Zoë"', 'Łódź\\{} 😀'],
  ["an address with a URL's own characters", 'a+b&c=d%20e@example.com', guid(10), 'Ada', 'Lovelace'],
  ['an address in capitals', 'ADA@Example.COM', adasId, 'Ada', 'Lovelace'],
  ['a GUID in lower case', adasId, adasId, 'Ada', 'Lovelace'],
  ['a GUID in upper case', ada.contactid, adasId, 'Ada', 'Lovelace'],
  ['a GUID in braces', `{${ada.contactid}}`, adasId, 'Ada', 'Lovelace'],
  ['a GUID without dashes', adasId.replaceAll('-', ''), adasId, 'Ada', 'Lovelace'],
  ['an address whose contact has no names', 'nameless@example.com', guid(4)],
  [
    'an address whose contact has halves of emojis in its names',
    'cut@example.com',
    guid(11),
    'Ada \ufffd',
    '\ufffd \\ud83d 😀\ufffd',
  ],
];

const notAnId = /: The visitor's id is neither a GUID nor an e-mail address\. /;

/** Visitors who have no contact. */
export const unknown: [name: string, visitor: string, log?: RegExp][] = [
  ['unknown', 'nobody@example.com'],
  ['inactive', 'gone@example.com'],
  ['inactive, by its GUID', guid(5)],
  ['the one whose address differs by an accent', 'jose@example.com'],
  ['the one whose address only looks alike', 'mike@example.com'],
  ['the one with a capital beyond ASCII', 'ZOË@example.com'],
  ['an attempt to change the query', "x@x' or emailaddress1 eq 'ada@example.com"],
  ['an attempt to change the query, with the quote encoded', 'x%27 or 1 eq 1 or emailaddress1 eq %27@'],
  ['a GUID with a line break after it', `${ada.contactid}\n`, notAnId],
  ['a GUID with an open brace', `{${ada.contactid}`, notAnId],
  ['a GUID with one digit missing', adasId.slice(1), notAnId],
  ['a number', '42', notAnId],
  ['a name', 'Ada Lovelace', notAnId],
];
