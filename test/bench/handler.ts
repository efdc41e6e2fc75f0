/**
 * The token endpoint under load, over HTTP on loopback, compared with itself with a constant signature.
 *
 * @module
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { interleave, median, pairedRatio } from './rounds.js';
import { type Row, row } from './row.js';

const rounds = 6;
const requests = 10_000;

const autocannon = createRequire(import.meta.url)('autocannon') as (options: {
  url: string;
  amount: number;
  connections: number;
}) => Promise<{
  requests: { total: number };
  duration: number;
  non2xx: number;
  errors: number;
  mismatches: number;
}>;

interface Round {
  rate: number;
  /** Processor time of the server for one request, in milliseconds. */
  cpu: number;
  /** MiB in use after the round and a garbage collection. */
  heap: number;
  failed: number;
}

export async function handler(): Promise<Row[]> {
  const [ours, constant] = await Promise.all([start(), start('constant')]);
  try {
    const samples = await interleave(rounds, { ours: () => load(ours), constant: () => load(constant) });
    // The first round warms up: code is compiled and pools are filled.
    const figures = (name: keyof typeof samples, figure: keyof Round) =>
      samples[name].slice(1).map((round) => round[figure]);
    const compare = (figure: keyof Round) => ({
      ours: median(figures('ours', figure)),
      against: 'signature a constant',
      theirs: median(figures('constant', figure)),
      ratio: pairedRatio(figures('ours', figure), figures('constant', figure)),
    });
    const heap = samples.ours.map((round) => round.heap);
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
        measure: `heap after ${rounds * requests} requests`,
        unit: 'MiB',
        ours: heap.at(-1) ?? Number.NaN,
        against: `after ${requests}`,
        theirs: heap[0] ?? Number.NaN,
        goal: { ratio: { atMost: 1.05 } },
      }),
      row({
        measure: 'failed requests',
        unit: 'requests',
        ours: samples.ours.reduce((sum, { failed }) => sum + failed, 0),
        against: 'all',
        theirs: rounds * requests,
        goal: { ours: { atMost: 0 } },
      }),
    ];
  } finally {
    ours.process.kill();
    constant.process.kill();
  }
}

interface Server {
  process: ChildProcess;
  url: string;
}

async function start(...args: string[]): Promise<Server> {
  const child = fork(fileURLToPath(new URL('handler-server.ts', import.meta.url)), args, {
    execArgv: [...process.execArgv, '--expose-gc'],
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return { process: child, url: `http://127.0.0.1:${port}/live-assist/token` };
}

async function used(child: ChildProcess): Promise<{ cpu: number; heap: number }> {
  child.send('used');
  const [figures] = await once(child, 'message');
  return figures;
}

async function load({ process: child, url }: Server): Promise<Round> {
  const before = await used(child);
  const result = await autocannon({ url, amount: requests, connections: 32 });
  const after = await used(child);
  return {
    rate: result.requests.total / result.duration,
    cpu: (after.cpu - before.cpu) / result.requests.total,
    heap: after.heap / 2 ** 20,
    failed: result.non2xx + result.errors + result.mismatches + requests - result.requests.total,
  };
}
