/**
 * Memory of the token endpoint after a million requests, compared with its memory after a hundred thousand.
 *
 * @module
 */

import type { Effort } from '../rounds.js';
import { number, type Row, row } from '../row.js';
import { cannon } from './cannon.js';
import { startServer } from './start-server.js';

const requests = { whole: [100_000, 1_000_000], quick: [1000, 4000] } as const;

export async function memory(effort: Effort): Promise<Row[]> {
  const [few, many] = requests[effort];
  const server = await startServer();
  try {
    const first = await cannon(server.url, few);
    const before = await server.used();
    const second = await cannon(server.url, many - few);
    const after = await server.used();
    const against = `after ${number(few)}`;
    const compare = (what: string, figure: 'heap' | 'resident') => ({
      measure: `${what} after ${number(many)} requests`,
      unit: 'MiB',
      ours: after[figure],
      against,
      theirs: before[figure],
    });
    return [
      row({
        ...compare('heap', 'heap'),
        ...(effort === 'whole' ? { goal: { ratio: { atMost: 1.05 } } } : { limit: { ratio: { atMost: 2 } } }),
      }),
      row(compare('resident memory', 'resident')),
      row({
        measure: 'failed requests of those',
        unit: 'requests',
        ours: first.failed + second.failed,
        against: 'all',
        theirs: many,
        limit: { ours: { atMost: 0 } },
      }),
    ];
  } finally {
    server.stop();
  }
}
