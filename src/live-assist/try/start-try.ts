/**
 * Starts the stand-in for Live Assist on a developer's machine, for the command `try`. Entry of dist/try.js.
 *
 * @module
 */
import { randomBytes } from 'node:crypto';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { isLocalHost } from '../../contract/origins.js';
import type { PageFiles } from '../actor.js';
import { createLiveAssist } from '../app.js';
import type { Configuration, ConfigurationStore } from '../configuration/configuration.js';
import { liveEvents } from '../live-events.js';
import { isOpenToAll, requireKey, withKey } from '../require-key.js';
import { standInAccount } from '../service/account-routes.js';
import type { ContactLookupOptions } from '../service/contact-lookup.js';
import { createGuard } from './guard.js';
import { createJourneyFromToken } from './journey-from-token.js';
import { createStandInContacts } from './stand-in-contact.js';
import { takePort } from './take-port.js';
import { tryPage } from './try-page.js';

export interface TryOptions {
  /** What an administrator would enter. Changes on the configuration page last until the process ends. */
  configuration: Configuration;
  /** 0 takes any free port. */
  port: number;
  /** Origins whose pages may load the engagement. Empty: those of this machine. */
  sites: readonly string[];
  /** One more address of this machine to listen on, so that other devices can load the engagement. */
  sharedAddress?: string | undefined;
  /** A Dynamics organisation in which contacts are looked up. */
  dynamics?: ContactLookupOptions | undefined;
  /** Styles and scripts. */
  files: PageFiles;
}

export interface Trial {
  /** The pages for the developer. Each address contains the key of this run. */
  addresses: { steps: string; desk: string; configuration: string };
  /** The tag for the site's pages, in place of the vendor's. */
  tag: string;
  close(): Promise<void>;
}

/** @throws Error with a sentence that names the obstacle and the remedy. */
export async function startTry(options: TryOptions): Promise<Trial> {
  const { configuration, sites, sharedAddress, dynamics, files } = options;
  if (sharedAddress && dynamics)
    throw new Error(
      'Real records are shown on this machine alone. Leave out --listen-on, or leave out --dynamics.',
    );
  const taken = await takePort(options.port, sharedAddress);
  const { port } = taken;
  const localHosts = ['127.0.0.1', 'localhost', '[::1]'].map((name) => `${name}:${port}`);
  const sharedHost =
    sharedAddress && `${sharedAddress.includes(':') ? `[${sharedAddress}]` : sharedAddress}:${port}`;
  const origin = `http://127.0.0.1:${port}`;
  const tag = `<script type="module" src="http://${sharedHost ?? new URL(origin).host}/engagement/engagement.js?site=${standInAccount}"></script>`;
  const isSite = (asked: string) =>
    sites.length > 0 ? sites.includes(asked) : URL.canParse(asked) && isLocalHost(new URL(asked).hostname);

  const journey = createJourneyFromToken();
  const contacts = createStandInContacts(origin);
  const liveAssist = createLiveAssist({
    origin,
    alsoAt: sharedHost ? [sharedHost] : [],
    site: (asked) => asked === origin || isSite(asked),
    crm: dynamics ?? contacts.find,
    framedCrm: dynamics ? undefined : origin,
    configuration: keepInMemory(configuration),
    journey,
    shownBy: [origin],
    home: '/try',
    files,
  });
  liveAssist.get('/try', (c) => c.html(tryPage(tag)));
  liveAssist.get('/try/events', (c) =>
    liveEvents(c, {
      follow: (onChange) => journey.changes.follow('latest', onChange),
      now: journey.latest,
    }),
  );
  liveAssist.get('/records/:id', (c) => {
    const page = contacts.page(c.req.param('id'));
    return page ? c.html(page) : c.text('No chat has named this contact.', 404);
  });

  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(createGuard({ origin, localHosts, sharedHost, isSite }));
  const key = randomBytes(24).toString('base64url');
  app.use(requireKey({ key, origin, cookie: `live_assist_try_${port}`, isOpen: isOpenToAll }));
  app.all('*', (c) => liveAssist.fetch(c.req.raw, c.env));
  taken.answerWith(getRequestListener(app.fetch as Parameters<typeof getRequestListener>[0]));
  const addressOf = (path: string) => withKey(`${origin}${path}`, key);
  const addresses = {
    steps: addressOf('/'),
    desk: addressOf('/desk'),
    configuration: addressOf('/configuration'),
  };
  return { addresses, tag, close: taken.close };
}

function keepInMemory(first: Configuration): ConfigurationStore {
  let current = first;
  return {
    now: () => current,
    save(next) {
      current = next;
    },
    replace(changed) {
      current = { ...current, ...changed };
    },
  };
}
