/**
 * Two ways to load a server: callers that wait for their answers, and a steady rate that does not.
 *
 * @module
 */
import { Agent, get } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

export interface Target {
  url: string;
  headers?: Record<string, string>;
}

export interface Load {
  /** Milliseconds of each request. */
  times: number[];
  failed: number;
  seconds: number;
}

/** Callers that each ask again when they are answered. */
export async function busyCallers(target: Target, callers: number, milliseconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true });
  const times: number[] = [];
  let failed = 0;
  const start = performance.now();
  const caller = async () => {
    while (performance.now() - start < milliseconds) {
      const asked = performance.now();
      if (!(await succeeds(target, agent))) failed++;
      times.push(performance.now() - asked);
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  agent.destroy();
  return { times, failed, seconds: (performance.now() - start) / 1000 };
}

/**
 * Requests that are sent at a steady rate, whether earlier ones were answered or not. Times count from the planned
 * moment. Otherwise a server that stops for a while would delay requests without being measured.
 */
export async function steadyRequests(target: Target, rate: number, seconds: number): Promise<Load> {
  const agent = new Agent({ keepAlive: true });
  const answers: Promise<{ isGood: boolean; time: number }>[] = [];
  const start = performance.now();
  for (let sent = 0; sent < rate * seconds; sent++) {
    const planned = start + (sent * 1000) / rate;
    await waitUntil(planned);
    answers.push(succeeds(target, agent).then((isGood) => ({ isGood, time: performance.now() - planned })));
  }
  const all = await Promise.all(answers);
  agent.destroy();
  return {
    times: all.map(({ time }) => time),
    failed: all.filter(({ isGood }) => !isGood).length,
    seconds: (performance.now() - start) / 1000,
  };
}

/** A timer alone would be late by about a millisecond. */
async function waitUntil(moment: number): Promise<void> {
  const coarse = Math.floor(moment - performance.now()) - 1;
  if (coarse > 0) await setTimeout(coarse);
  while (performance.now() < moment) await setImmediate();
}

const succeeds = ({ url, headers = {} }: Target, agent: Agent): Promise<boolean> =>
  new Promise((resolve) => {
    get(url, { agent, headers }, (response) => {
      response
        .on('error', () => resolve(false))
        .on('end', () => resolve(response.statusCode === 200))
        .resume();
    }).on('error', () => resolve(false));
  });
