/**
 * A contact's record as agents see it, at the address that Dynamics gives it.
 *
 * @module
 */
import { html } from 'hono/html';
import type { ContactRow } from './columns.js';

const since = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' });

/** Everything is escaped by hono's `html`. */
export function recordPage(contact: ContactRow) {
  const initials = `${String(contact.firstname ?? '').slice(0, 1)}${String(contact.lastname ?? '').slice(0, 1)}`;
  const isActive = contact.statecode === 0;
  const field = (label: string, value: unknown) =>
    html`<div class="field"><dt>${label}</dt><dd>${value || '–'}</dd></div>`;
  return html`<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${contact.fullname} · Contact</title>
  <link rel="icon" href="/crm/record/crm.svg">
  <link rel="stylesheet" href="/look/look.css">
  <link rel="stylesheet" href="/crm/record/record.css">
</head>
<body>
  <header class="bar" aria-label="CRM"><span class="product">Customer records</span><a class="path" href="/">All contacts</a></header>
  <main aria-label="Contact">
    <div class="head">
      <span class="initials" aria-hidden="true">${initials}</span>
      <div>
        <h1>${contact.fullname}</h1>
        <p class="kind">Contact · <span class="state" data-active="${String(isActive)}">${isActive ? 'Active' : 'Inactive'}</span></p>
      </div>
    </div>
    <section aria-label="E-mail and telephone">
      <dl>
        ${field('E-mail', contact.emailaddress1)}
        ${field('Telephone', contact.telephone1)}
      </dl>
    </section>
    <section aria-labelledby="notes">
      <h2 id="notes">Notes</h2>
      <p>${contact.description || 'No notes.'}</p>
    </section>
    <section aria-labelledby="details">
      <h2 id="details">Contact information</h2>
      <dl>
        ${field('Job title', contact.jobtitle)}
        ${field('Customer number', contact.externaluseridentifier)}
        ${field('Address', [contact.address1_line1, contact.address1_city, contact.address1_country].filter(Boolean).join(', '))}
        ${field('Customer since', contact.createdon && since.format(new Date(String(contact.createdon))))}
      </dl>
    </section>
    <p class="guid"><span>Contact GUID</span> <code>${contact.contactid}</code></p>
  </main>
</body>
</html>`;
}
