/** The stage: visitor and agent side by side, and between them the eight steps. */
import { createActor } from '../actor.js';
import type { Journey } from '../journey.js';
import { liveEvents } from '../live-events.js';
import { stagePage } from './page.js';

export interface StageOptions {
  origin: string;
  site: string;
  liveAssist: string;
  /** Origins of frames within those frames. */
  crm: string[];
  journey: Journey;
}

export function createStage({ origin, site, liveAssist, crm, journey }: StageOptions) {
  const app = createActor({
    name: 'The stage',
    origin,
    folders: ['look', 'stage/page'],
    shows: [site, liveAssist, ...crm],
  });
  app.get('/', (c) => c.html(stagePage({ site, desk: `${liveAssist}/desk` })));
  app.get('/journey', (c) => liveEvents(c, journey.changes, journey.reports));
  return app;
}
