/**
 * What is left at the click when the page called `getToken()` ahead, over a slow network.
 *
 * @module
 */
import type { Bridge } from 'live-assist-bridge';
import { type Row, row } from '../row.js';
import { bare, bareFetch } from './first-call.js';
import { delayRequests, type OpenPage } from './open-contenders.js';

declare const liveAssistBridge: { bridge: Bridge };

const measure = 'the click, with getToken() called ahead, at 300 ms';

export async function callAhead(ours: OpenPage, countRequests: () => number): Promise<Row[]> {
  await delayRequests(ours, 300);
  const theirs = await bareFetch(ours);
  await ours.page.evaluate(() => liveAssistBridge.bridge.getToken());
  countRequests();
  const click = await ours.page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const start = performance.now();
        window.authoriseChatWithCallback?.(() => resolve(performance.now() - start));
      }),
  );
  const requests = countRequests();
  await delayRequests(ours, 0);
  return [
    row({ measure, unit: 'ms', ours: click, against: bare, theirs, goal: { ours: { atMost: 1 } } }),
    row({
      measure,
      unit: 'requests',
      ours: requests,
      against: bare,
      theirs: 1,
      limit: { ours: { atMost: 0 } },
    }),
  ];
}
