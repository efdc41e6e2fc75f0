/** Live Assist: the engagement's files, the service behind them, the agent's desk and the configuration. */
import { readFileSync } from 'node:fs';
import { createActor } from '../actor.js';
import type { Journey } from '../journey.js';
import { createAdmit } from './admit.js';
import { createChats } from './chats.js';
import type { ConfigurationStore } from './configuration.js';
import { createConfigurationRoutes } from './configuration-routes.js';
import { type ContactLookupOptions, createContactLookup } from './contact-lookup.js';
import { createDeskRoutes } from './desk-routes.js';
import { createVisitorRoutes } from './visitor-routes.js';

export interface LiveAssistOptions {
  origin: string;
  site: string;
  crm: ContactLookupOptions;
  /** The CRM's origin, if it lets the desk show records in a frame. */
  framedCrm: string | undefined;
  configuration: ConfigurationStore;
  journey: Journey;
  shownBy: string[];
}

const agent = 'Robin Hale';
const engagementFile = new URL(import.meta.resolve('live-assist-bridge/testing'));

export function createLiveAssist(options: LiveAssistOptions) {
  const { origin, site, crm, framedCrm, configuration, journey, shownBy } = options;
  const chats = createChats();
  const findContact = createContactLookup(crm);
  const admit = createAdmit({ chats, configuration: configuration.now, findContact, journey });
  const app = createActor({
    name: 'Live Assist',
    origin,
    folders: ['look', 'live-assist/engagement', 'live-assist/desk', 'live-assist/configuration'],
    shows: framedCrm ? [framedCrm] : [],
    shownBy,
  });

  const startEngagement = readFileSync(engagementFile, 'utf8');
  app.get('/live-assist-bridge/testing.js', (c) =>
    c.body(startEngagement, 200, {
      'Content-Type': 'text/javascript; charset=utf-8',
      'Access-Control-Allow-Origin': '*',
    }),
  );
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
