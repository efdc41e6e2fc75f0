/** The stage: visitor and agent side by side, and between them the eight steps. */
import { createActor, type Journey, liveEvents } from '#live-assist';
import { createPageFiles } from '../page-files.js';
import { stagePage } from './page.js';

export interface StageOptions {
  origin: string;
  site: string;
  liveAssist: string;
  /** Origins of frames within those frames. */
  crm: string[];
  journey: Journey;
}

const files = createPageFiles('stage', ['page/stage.js', 'page/stage.css', 'page/stage.svg']);

export function createStage({ origin, site, liveAssist, crm, journey }: StageOptions) {
  const app = createActor({
    name: 'The stage',
    origin,
    files,
    shows: [site, liveAssist, ...crm],
  });
  app.get('/', (c) => c.html(stagePage({ site, desk: `${liveAssist}/desk` })));
  app.get('/journey', (c) => liveEvents(c, journey.changes, journey.reports));
  return app;
}
