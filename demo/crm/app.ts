/** The CRM: a Web API for servers and a record page for agents. */
import { createActor } from '#live-assist';
import { createPageFiles } from '../page-files.js';
import type { ContactTable } from './database.js';
import { recordPage } from './record-page.js';
import { createTokenAddress } from './token-address.js';
import { createWebApi } from './web-api.js';

export interface CrmOptions {
  origin: string;
  contacts: ContactTable;
  /** What `Authorization: Bearer` must carry at the Web API. */
  accessToken: string;
  /** Origins that may show a record in a frame. */
  shownBy: string[];
}

const files = createPageFiles('crm', ['record/record.css', 'record/crm.svg']);

/** Agents are taken to be signed in to the CRM: its record pages ask for nothing. */
export function createCrm({ origin, contacts, accessToken, shownBy }: CrmOptions) {
  const app = createActor({ name: 'The CRM', origin, files, shownBy });
  app.route('/', createWebApi(contacts, accessToken));
  app.route('/', createTokenAddress(accessToken));
  app.get('/', (c) => c.text('The CRM. Its Web API is at /api/data/v9.2/contacts.'));
  app.get('/main.aspx', (c) => {
    const contact = contacts.byId(c.req.query('id') ?? '');
    return contact ? c.html(recordPage(contact)) : c.text('There is no contact with this GUID.', 404);
  });
  return app;
}
