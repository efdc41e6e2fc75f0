/**
 * The token endpoint at 200 requests per second, each with a look-up of 20 ms: what it adds to the look-up.
 *
 * @module
 */
import { type Effort, interleave, quantile, sum } from '../rounds.js';
import { type Row, row } from '../row.js';
import { steadyRequests } from './load.js';
import { startServer } from './start-server.js';

const rate = 200;
const lookUp = 20;
const rounds = { whole: 6, quick: 1 };
const seconds = { whole: 5, quick: 2 };

export async function steady(effort: Effort): Promise<Row[]> {
  const [ours, constant] = await Promise.all([
    startServer({ lookUp }),
    startServer({ lookUp, answer: 'constant' }),
  ]);
  try {
    // Warms up: code is compiled.
    for (const server of [ours, constant]) await steadyRequests(server, rate, 1);
    const samples = await interleave(rounds[effort], {
      ours: () => steadyRequests(ours, rate, seconds[effort]),
      constant: () => steadyRequests(constant, rate, seconds[effort]),
    });
    const added = (name: keyof typeof samples, share: number) =>
      Math.max(
        0,
        quantile(
          samples[name].flatMap(({ times }) => times),
          share,
        ) - lookUp,
      );
    const compare = (share: number) => ({
      measure: `a request without its look-up, p${share * 100}`,
      unit: 'ms',
      ours: added('ours', share),
      against: 'a constant answer',
      theirs: added('constant', share),
    });
    return [
      row(compare(0.5)),
      row(compare(0.99)),
      row({
        measure: 'failed requests at a steady rate',
        unit: 'requests',
        ours: sum(samples.ours.map(({ failed }) => failed)),
        against: 'all',
        theirs: sum(samples.ours.map(({ times }) => times.length)),
        limit: { ours: { atMost: 0 } },
      }),
    ];
  } finally {
    ours.stop();
    constant.stop();
  }
}
