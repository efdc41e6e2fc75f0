/**
 * The contact without a CRM: the token's own claims, and a page that stands in for the record.
 *
 * @module
 */
import { html } from 'hono/html';
import { parseGuid } from '../../contract/guid.js';
import type { CrmContact, FindContact } from '../service/contact-lookup.js';

export interface StandInContacts {
  find: FindContact;
  /** Returns undefined for a contact that no chat has named. */
  page: (id: string) => ReturnType<typeof recordPage> | undefined;
}

/** The maximum number of contacts. The one named longest ago is dropped first. */
const most = 200;

export function createStandInContacts(origin: string): StandInContacts {
  const contacts = new Map<string, CrmContact>();
  return {
    async find({ sub = '', given_name, family_name, email }) {
      const id = parseGuid(sub);
      if (!id) return null;
      const name = [given_name, family_name].filter((part) => typeof part === 'string').join(' ');
      const contact = {
        id,
        name: name || `Contact ${id.slice(0, 8)}`,
        email: typeof email === 'string' ? email : '',
        record: `${origin}/records/${id}`,
        isFromToken: true as const,
      };
      contacts.delete(id);
      contacts.set(id, contact);
      for (const old of [...contacts.keys()].slice(0, -most)) contacts.delete(old);
      return contact;
    },
    page(id) {
      const contact = contacts.get(id);
      return contact && recordPage(contact);
    },
  };
}

function recordPage({ id, name, email }: CrmContact) {
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Record of ${name}</title>
  <link rel="icon" href="/look/live-assist.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/try/try.css">
</head>
<body>
  <main class="card record">
    <h1>${name}</h1>
    <dl>
      <div><dt>Contact GUID</dt><dd>${id}</dd></div>
      ${email ? html`<div><dt>E-mail</dt><dd>${email}</dd></div>` : ''}
    </dl>
    <p>This page stands for the contact's record in Dynamics. It shows what the token says. Start with <code>--dynamics</code>
      to look the contact up in your organisation.</p>
  </main>
</body>
</html>`;
}
