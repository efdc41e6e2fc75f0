/**
 * The CRM: a Web API for servers, and a list and records for agents.
 *
 * @module
 */
import { createActor } from '#live-assist';
import { createPageFiles } from '../page-files.js';
import type { ContactTable } from './database.js';
import { listPage } from './list-page.js';
import { recordPage } from './record-page.js';
import { createTokenAddress } from './token-address.js';
import { createWebApi } from './web-api.js';

export interface CrmOptions {
  origin: string;
  contacts: ContactTable;
  /** The access token that the Web API requires. */
  accessToken: string;
  /** Origins that may show a record in a frame. */
  shownBy: string[];
}

const files = createPageFiles('crm', ['record/record.css', 'record/crm.svg']);

/** Agents count as signed in to the CRM: its record pages require no sign-in. */
export function createCrm({ origin, contacts, accessToken, shownBy }: CrmOptions) {
  const app = createActor({ name: 'The CRM', origin, files, shownBy });
  app.route('/', createWebApi(contacts, accessToken));
  app.route('/', createTokenAddress(accessToken));
  app.get('/', (c) => {
    const search = c.req.query('search')?.trim() ?? '';
    return c.html(listPage({ search, found: contacts.search(search) }));
  });
  app.get('/main.aspx', (c) => {
    const contact = contacts.byId(c.req.query('id')?.replace(/[{}]/g, '') ?? '');
    if (contact) return c.html(recordPage(contact));
    return c.html(
      listPage({ problem: 'There is no contact with this GUID.', found: contacts.search('') }),
      404,
    );
  });
  return app;
}
