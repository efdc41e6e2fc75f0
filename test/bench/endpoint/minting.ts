/**
 * Tokens per second of `createMinter`, beside the bare signature and other ways to make the same token.
 *
 * @module
 */
import { setImmediate } from 'node:timers/promises';
import { type Effort, interleave, median, pairedRatio, quantile } from '../rounds.js';
import { type Row, row } from '../row.js';
import { makers } from './makers.js';

/** Many short rounds, so that other work of the machine affects all contenders equally. */
const rounds = { whole: 151, quick: 20 };
const roundMilliseconds = 40;

interface Round {
  rate: number;
  /** Milliseconds for one token. */
  p50: number;
}

export async function minting(effort: Effort): Promise<Row[]> {
  const { createMinter: ours, ...rivals } = await makers();
  const rows: Row[] = [];
  for (const callers of [1, 32]) {
    const makes: Record<string, () => unknown> = { ours, ...rivals };
    const { ours: own = [], ...others } = await interleave(
      rounds[effort],
      Object.fromEntries(Object.entries(makes).map(([name, make]) => [name, () => run(make, callers)])),
    );
    for (const [against, samples] of Object.entries(others)) {
      const compare = (figure: keyof Round) => {
        const [a, b] = [own, samples].map((all) => all.map((round) => round[figure])) as [number[], number[]];
        return { ours: median(a), against, theirs: median(b), ratio: pairedRatio(a, b) };
      };
      rows.push(
        row({
          measure: `tokens, callers: ${callers}`,
          unit: 'per second',
          ...compare('rate'),
          ...(against === 'crypto.subtle.sign' && {
            goal: { ratio: { atLeast: 0.95 } },
            limit: { ratio: { atLeast: 0.2 } },
          }),
        }),
        row({ measure: `a token, p50, callers: ${callers}`, unit: 'ms', ...compare('p50') }),
      );
    }
  }
  return rows;
}

/** Callers that each ask again when they are answered, each time in a new turn of the event loop, like requests. */
async function run(make: () => unknown, callers: number): Promise<Round> {
  const times: number[] = [];
  const start = performance.now();
  const caller = async () => {
    while (performance.now() - start < roundMilliseconds) {
      const asked = performance.now();
      await setImmediate();
      await make();
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return { rate: times.length / ((performance.now() - start) / 1000), p50: quantile(times, 0.5) };
}
