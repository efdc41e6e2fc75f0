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
import { createAdmit } from './service/admit.js';
import { createChats } from './service/chats.js';
import { type ContactLookupOptions, createContactLookup } from './service/contact-lookup.js';
import { createVisitorRoutes } from './service/visitor-routes.js';

export interface LiveAssistOptions {
  origin: string;
  site: string;
  crm: ContactLookupOptions;
  /** The CRM's origin, if it lets the desk show records in a frame. */
  framedCrm: string | undefined;
  configuration: ConfigurationStore;
  journey: Journey;
  shownBy: string[];
  /** Serves the files that `pageNames` lists. */
  files: PageFiles;
}

/** What browsers load from here: scripts are bundled from the TypeScript file of the same name. */
export const pageNames = [
  'look/look.css',
  'look/live-assist.svg',
  'engagement/engagement.js',
  'engagement/engagement.css',
  'desk/desk.js',
  'desk/desk.css',
  'configuration/configuration.css',
];

const agent = 'Robin Hale';

export function createLiveAssist(options: LiveAssistOptions) {
  const { origin, site, crm, framedCrm, configuration, journey, shownBy, files } = options;
  const chats = createChats();
  const findContact = createContactLookup(crm);
  const admit = createAdmit({ chats, configuration: configuration.now, findContact, journey });
  const app = createActor({
    name: 'Live Assist',
    origin,
    files,
    shows: framedCrm ? [framedCrm] : [],
    shownBy,
  });

  app.get('/', (c) => c.redirect('/desk'));
  app.route(
    '/desk',
    createDeskRoutes({ origin, chats, agent, journey, framesRecords: framedCrm !== undefined }),
  );
  app.route('/configuration', createConfigurationRoutes(origin, configuration));
  app.route(
    '/visitor',
    createVisitorRoutes({ chats, configuration: configuration.now, admit, agent, journey, site }),
  );
  return app;
}
