/**
 * The token endpoint under load, over HTTP on loopback, compared with itself with a constant signature.
 *
 * @module
 */
import { type Effort, interleave, median, pairedRatio, sum } from '../rounds.js';
import { type Row, row } from '../row.js';
import { cannon } from './cannon.js';
import { type Server, startServer } from './start-server.js';

const rounds = { whole: 6, quick: 2 };
const requests = { whole: 10_000, quick: 1000 };

interface Round {
  rate: number;
  /** Processor time of the server for one request, in milliseconds. */
  cpu: number;
  failed: number;
}

export async function handler(effort: Effort): Promise<Row[]> {
  const [ours, constant] = await Promise.all([startServer(), startServer({ signature: 'constant' })]);
  try {
    const samples = await interleave(rounds[effort], {
      ours: () => load(ours, requests[effort]),
      constant: () => load(constant, requests[effort]),
    });
    // The first round warms up: code is compiled and pools are filled.
    const figures = (name: keyof typeof samples, figure: keyof Round) =>
      samples[name].slice(1).map((round) => round[figure]);
    const compare = (figure: keyof Round) => ({
      ours: median(figures('ours', figure)),
      against: 'signature a constant',
      theirs: median(figures('constant', figure)),
      ratio: pairedRatio(figures('ours', figure), figures('constant', figure)),
    });
    return [
      row({ measure: 'requests', unit: 'per second', ...compare('rate') }),
      row({ measure: 'processor time of a request', unit: 'ms', ...compare('cpu') }),
      row({
        measure: 'processor time that is not the signature',
        unit: 'ms',
        ours: median(figures('constant', 'cpu')),
        against: 'the whole request',
        theirs: median(figures('ours', 'cpu')),
        ratio: pairedRatio(figures('constant', 'cpu'), figures('ours', 'cpu')),
        goal: { ratio: { atMost: 0.3 } },
      }),
      row({
        measure: 'failed requests under load',
        unit: 'requests',
        ours: sum(samples.ours.map(({ failed }) => failed)),
        against: 'all',
        theirs: rounds[effort] * requests[effort],
        limit: { ours: { atMost: 0 } },
      }),
    ];
  } finally {
    ours.stop();
    constant.stop();
  }
}

async function load(server: Server, amount: number): Promise<Round> {
  const before = await server.used();
  const result = await cannon(server.url, amount);
  const after = await server.used();
  return { ...result, cpu: (after.cpu - before.cpu) / amount };
}
