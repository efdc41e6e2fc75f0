/**
 * The contacts that the CRM of the cases holds.
 *
 * @module
 */
import type { StoredContact } from '../dataverse-double.js';

export const guid = (n: number) => `a0000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

export const ada = {
  contactid: '3F2504E0-4F89-41D3-9A0C-0305E82C3301',
  firstname: 'Ada',
  lastname: 'Lovelace',
  emailaddress1: 'ada@example.com',
  statecode: 0,
} satisfies StoredContact;
export const adasId = ada.contactid.toLowerCase();

export const contacts: StoredContact[] = [
  ada,
  {
    ...ada,
    contactid: guid(2),
    firstname: 'Seán',
    lastname: "O'Brien",
    emailaddress1: "o'brien@example.com",
  },
  {
    ...ada,
    contactid: guid(3),
    firstname: '李 "Zoë"',
    lastname: 'Łódź\\{} 😀',
    emailaddress1: 'zoë@example.com',
  },
  { ...ada, contactid: guid(4), firstname: null, lastname: '', emailaddress1: 'nameless@example.com' },
  { ...ada, contactid: guid(5), emailaddress1: 'gone@example.com', statecode: 1 },
  { ...ada, contactid: guid(6), emailaddress1: 'twins@example.com' },
  { ...ada, contactid: guid(7), emailaddress1: 'twins@example.com' },
  { ...ada, contactid: guid(8), emailaddress1: 'josé@example.com' },
  { ...ada, contactid: guid(9), emailaddress1: 'mi\u212Ae@example.com' },
  { ...ada, contactid: guid(10), emailaddress1: 'a+b&c=d%20e@example.com' },
  // Dynamics cuts a name at its column's length, which may halve an emoji.
  {
    ...ada,
    contactid: guid(11),
    firstname: 'Ada \ud83d',
    lastname: '\ude00 \\ud83d 😀\ude00',
    emailaddress1: 'cut@example.com',
  },
];
