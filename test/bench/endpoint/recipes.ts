/**
 * The token endpoints of the recipes beside the handler for Node, each with a look-up at a double of Dynamics. The servers are
 * those of the minimal sites, which are not meant for production.
 *
 * @module
 */
import { ada } from '../../recipes/cases/contacts.js';
import { startDataverse } from '../../recipes/dataverse-double.js';
import { type Effort, interleave, quantile, sum } from '../rounds.js';
import { type Row, row } from '../row.js';
import { busyCallers } from './load.js';
import { startRecipeSites } from './recipe-sites.js';
import { startServer } from './start-server.js';

const callers = 8;
/** The first round warms up. */
const rounds = { whole: 4, quick: 2 };
const milliseconds = { whole: 3000, quick: 300 };

export async function recipes(effort: Effort): Promise<Row[]> {
  const dataverse = await startDataverse([{ ...ada, emailaddress1: 'maya@example.com' }]);
  const { url, accessToken } = dataverse;
  const node = await startServer({ dynamics: { url, accessToken } });
  const sites = await startRecipeSites(dataverse);
  try {
    const targets = { Node: node, ...sites.targets };
    const samples = await interleave<string, Awaited<ReturnType<typeof busyCallers>>>(
      rounds[effort],
      Object.fromEntries(
        Object.entries(targets).map(([name, target]) => [
          name,
          () => busyCallers(target, callers, milliseconds[effort]),
        ]),
      ),
    );
    const of = (name: string) => {
      const all = (samples[name] ?? []).slice(1);
      const times = all.flatMap((round) => round.times);
      return {
        rate: times.length / sum(all.map(({ seconds }) => seconds)),
        p50: quantile(times, 0.5),
        requests: sum((samples[name] ?? []).map(({ times }) => times.length)),
        failed: sum((samples[name] ?? []).map(({ failed }) => failed)),
      };
    };
    const ours = of('Node');
    return Object.keys(sites.targets).flatMap((against) => {
      const theirs = of(against);
      const compare = (figure: 'rate' | 'p50') => ({
        ours: ours[figure],
        against,
        theirs: theirs[figure],
      });
      return [
        row({ measure: 'requests with a look-up', unit: 'per second', ...compare('rate') }),
        row({ measure: 'a request with a look-up, p50', unit: 'ms', ...compare('p50') }),
        row({
          measure: 'failed requests with a look-up',
          unit: 'requests',
          // No server may fail here.
          ours: ours.failed + theirs.failed,
          against: `all requests to Node and ${against}`,
          theirs: ours.requests + theirs.requests,
          limit: { ours: { atMost: 0 } },
        }),
      ];
    });
  } finally {
    node.stop();
    await sites.stop();
    await dataverse.stop();
  }
}
