/**
 * The stage: visitor and agent side by side, and the eight steps between them.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { type Configuration, createActor, type Journey, liveEvents, type StepReport } from '#live-assist';
import { type Fault, type Faults, faultNames } from '../faults.js';
import { createPageFiles } from '../page-files.js';
import { stagePage } from './page.js';

export interface StageOptions {
  origin: string;
  site: string;
  liveAssist: string;
  /** The demo's CRM, unless a Dynamics organisation replaces it. */
  crm: string | undefined;
  journey: Journey;
  faults: Faults;
  configuration: () => Configuration;
}

/** The state that the stage's page receives after every change. */
export interface StageView {
  /** Changes if the demo was restarted. */
  run: string;
  reports: StepReport[];
  fault: Fault | undefined;
  isBroken: boolean;
}

const files = createPageFiles('stage', ['page/stage.js', 'page/stage.css', 'page/stage.svg']);
const diagnosePage = new URL('../../dist/diagnose.html', import.meta.url);

export function createStage({
  origin,
  site,
  liveAssist,
  crm,
  journey,
  faults,
  configuration,
}: StageOptions): Hono {
  const actors = [site, liveAssist, ...(crm ? [crm] : [])];
  const actor = createActor({ name: 'The stage', origin, files, shows: actors, asks: actors });
  actor.use(csrf({ origin }));
  actor.get('/', (c) => c.html(stagePage({ site, liveAssist, crm })));

  actor.get('/journey', (c) => {
    const { visitor, engagement } = c.req.query();
    const topics = [visitor, engagement].filter((topic) => topic !== undefined);
    return liveEvents(c, {
      follow(onChange) {
        const stops = [
          faults.follow(onChange),
          ...topics.map((topic) => journey.changes.follow(topic, onChange)),
        ];
        return () => {
          for (const stop of stops) stop();
        };
      },
      now: (): StageView => ({
        run: journey.run,
        reports: journey.reports(visitor, engagement),
        fault: faults.current(),
        isBroken: faults.isBroken(),
      }),
    });
  });

  // Only pages of this origin can read the answer, and only for a visitor whose random mark they know.
  actor.get('/token', (c) => {
    const token = journey.tokenOf(c.req.query('visitor') ?? '');
    const { publicKey, issuer } = configuration();
    return token ? c.json({ token, publicKey, issuer }) : c.json({ message: 'There is no token yet.' }, 404);
  });

  actor.post('/break', async (c) => {
    const { fault } = (await c.req.json().catch(() => null)) ?? {};
    const known = faultNames.find((name) => name === fault);
    if (!known)
      return c.json({ message: `There is no such fault. Choose from ${faultNames.join(', ')}.` }, 400);
    faults.break(known);
    return c.json({});
  });
  actor.post('/repair', (c) => {
    faults.repair();
    return c.json({});
  });

  const app = new Hono();
  // This page has its own policy in the file.
  app.get('/diagnose.html', (c) => {
    if (c.req.header('host') !== new URL(origin).host) return c.redirect(`${origin}/diagnose.html`);
    return c.html(readFileSync(diagnosePage, 'utf8'), 200, {
      'Cache-Control': 'no-store',
      'Cross-Origin-Opener-Policy': 'same-origin',
    });
  });
  app.all('*', (c) => actor.fetch(c.req.raw));
  return app;
}
