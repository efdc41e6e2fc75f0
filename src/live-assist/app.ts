/**
 * Live Assist: the engagement's files, the service behind them, the agent's desk and the configuration.
 *
 * @module
 */
import { createActor, type PageFiles } from './actor.js';
import type { ConfigurationStore } from './configuration/configuration.js';
import { createConfigurationRoutes } from './configuration/configuration-routes.js';
import { createDeskRoutes } from './desk/desk-routes.js';
import type { Journey } from './journey.js';
import { createAccountRoutes } from './service/account-routes.js';
import { createAdmit } from './service/admit.js';
import { createChats } from './service/chats.js';
import {
  type ContactLookupOptions,
  createContactLookup,
  type FindContact,
} from './service/contact-lookup.js';
import { createVisitorRoutes } from './service/visitor-routes.js';

export interface StandInOptions {
  origin: string;
  /** Further hosts, port included, at which the app answers. */
  alsoAt?: string[];
  /** The site's origin, or a rule for the origins of several sites. */
  site: string | ((origin: string) => boolean);
  /** Where contacts are looked up, or the function that looks them up. */
  crm: ContactLookupOptions | FindContact;
  /** The CRM's origin, if it lets the desk show records in a frame. */
  framedCrm: string | undefined;
  configuration: ConfigurationStore;
  journey: Journey;
  shownBy: string[];
  /** Where `/` leads. @default '/desk' */
  home?: string;
  /** Serves the files that `pageNames` lists. */
  files: PageFiles;
}

const agent = 'Robin Hale';

export function createLiveAssist(options: StandInOptions) {
  const { origin, alsoAt = [], site, crm, framedCrm, configuration, journey, shownBy, files } = options;
  const chats = createChats();
  const findContact = typeof crm === 'function' ? crm : createContactLookup(crm);
  const admit = createAdmit({ chats, configuration: configuration.now, findContact, journey });
  const app = createActor({
    name: 'Live Assist',
    origin,
    alsoAt,
    files,
    shows: framedCrm ? [framedCrm] : [],
    shownBy,
  });

  app.get('/', (c) => c.redirect(options.home ?? '/desk'));
  app.route(
    '/desk',
    createDeskRoutes({ origin, chats, agent, journey, framesRecords: framedCrm !== undefined }),
  );
  app.route('/configuration', createConfigurationRoutes(origin, configuration));
  app.route(
    '/visitor',
    createVisitorRoutes({ chats, configuration: configuration.now, admit, agent, journey, site }),
  );
  app.route('/', createAccountRoutes(origin, configuration.now));
  return app;
}
