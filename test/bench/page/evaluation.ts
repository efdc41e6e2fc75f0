/**
 * What the tag costs a page in Chromium: evaluation at full speed and throttled, and heap. The contenders are evaluated and
 * constructed, so that they are as ready as the tag.
 *
 * @module
 */
import { type Effort, interleave, mean, median, pairedRatio } from '../rounds.js';
import { type Row, row } from '../row.js';
import { type ContenderName, contenders } from './contenders.js';
import { inChromium } from './in-chromium.js';
import { loadPage } from './load-page.js';

const rounds = { 1: { whole: 31, quick: 3 }, 4: { whole: 61, quick: 1 } };
const names = Object.keys(contenders) as ContenderName[];

export const evaluation = (effort: Effort): Promise<Row[]> =>
  inChromium(async (browser, { origin }) => {
    const load = (throttle: 1 | 4) =>
      interleave(
        rounds[throttle][effort],
        Object.fromEntries(
          ['none', 'ours', ...names].map((name) => [
            name,
            () => loadPage(browser, encodeURI(`${origin}/page/${name}`), throttle),
          ]),
        ),
      );
    const [full, throttled] = [await load(1), await load(4)];
    const times = (loads: typeof full, name: string) => (loads[name] ?? []).map((one) => one.evaluation);
    const heap = (name: string) => median((full[name] ?? []).map((one) => one.heap));
    return [
      ...names.map((against) => {
        const [ours, theirs] = [times(full, 'ours'), times(full, against)];
        const ratio = pairedRatio(ours, theirs);
        return row({
          measure: 'evaluation at 1x',
          unit: 'ms',
          ...{ ours: median(ours), against, theirs: median(theirs), ratio },
          ...(against === 'keycloak-js' && {
            goal: { ratio: { atMost: 0.6 } },
            limit: { ratio: { atMost: 8 } },
          }),
        });
      }),
      // Chromium throttles by stopping the thread for periods longer than these scripts run. Each run is hit completely or not
      // at all, so the median depends on chance, and a few rounds say nothing.
      ...names.map((against) =>
        row({
          measure: 'evaluation at 4x, mean',
          unit: 'ms',
          ...{ ours: mean(times(throttled, 'ours')), against, theirs: mean(times(throttled, against)) },
          ...(against === 'keycloak-js' && { goal: { ratio: { atMost: 0.6 } } }),
        }),
      ),
      ...['none', ...names].map((against) =>
        row({ measure: 'heap of the page', unit: 'KiB', ours: heap('ours'), against, theirs: heap(against) }),
      ),
    ];
  });
