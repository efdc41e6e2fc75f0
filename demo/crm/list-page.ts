/**
 * The CRM's contacts as a list to search.
 *
 * @module
 */
import { html } from 'hono/html';
import type { ContactRow } from './columns.js';

export interface ListPageOptions {
  found: ContactRow[];
  search?: string;
  problem?: string;
}

/** Everything is escaped by hono's `html`. */
export function listPage({ found, search = '', problem = '' }: ListPageOptions) {
  const count = found.length === 1 ? '1 contact' : `${found.length || 'No'} contacts`;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Contacts · Customer records</title>
  <link rel="icon" href="/crm/record/crm.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/crm/record/record.css">
</head>
<body>
  <header class="bar" aria-label="CRM"><span class="product">Customer records</span></header>
  <main aria-label="Contacts">
    <h1>Contacts</h1>
    <p class="problem" role="alert">${problem}</p>
    <form class="search" role="search" action="/">
      <label>Name, e-mail address, customer number or GUID
        <input type="search" name="search" value="${search}" maxlength="100"></label>
      <button class="primary">Search</button>
    </form>
    <p role="status">${count}${search && html` for “${search}”. <a href="/">Show all</a>`}</p>
    <ul class="contacts">
      ${found.map(
        (
          contact,
        ) => html`<li><a href="/main.aspx?pagetype=entityrecord&amp;etn=contact&amp;id=${contact.contactid}">
          <strong>${contact.fullname}</strong>
          <span>${contact.emailaddress1 || 'No e-mail address'} · ${contact.externaluseridentifier || 'no customer number'} · ${contact.statecode === 0 ? 'Active' : 'Inactive'}</span>
        </a></li>`,
      )}
    </ul>
  </main>
</body>
</html>`;
}
