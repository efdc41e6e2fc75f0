/**
 * From the call to the token, in Chromium: first, kept, many at once, over a slow network, fetched ahead.
 *
 * @module
 */
import type { Effort } from '../rounds.js';
import type { Row } from '../row.js';
import { callAhead } from './call-ahead.js';
import { type Contender, contenders, ours } from './contenders.js';
import { firstCalls } from './first-call.js';
import { inChromium } from './in-chromium.js';
import { keptCalls } from './kept-call.js';
import { manyCallers } from './many-callers.js';
import { openContenders } from './open-contenders.js';

export const call = (effort: Effort): Promise<Row[]> =>
  inChromium(async (browser, pages) => {
    for (const [name, { cannot }] of Object.entries<Contender>(contenders))
      if (cannot) console.log(`${name} has no first call here, because ${cannot}.`);
    const open = await openContenders(browser, pages.origin);
    return [
      ...(await firstCalls(open, effort)),
      ...(await callAhead(open.ours, pages.countRequests)),
      ...(await keptCalls(open, pages.countRequests, effort)),
      ...(await manyCallers(open, pages.countRequests, effort)),
    ];
  }, ours);
