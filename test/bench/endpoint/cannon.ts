/**
 * Sends a number of requests over 32 connections, as fast as they are answered.
 *
 * @module
 */
import { requireThirdParty } from '../third-party.js';

type Autocannon = (options: { url: string; amount: number; connections: number }) => Promise<{
  requests: { total: number };
  duration: number;
  non2xx: number;
  errors: number;
  mismatches: number;
}>;

export async function cannon(url: string, amount: number): Promise<{ rate: number; failed: number }> {
  const autocannon: Autocannon = requireThirdParty('autocannon');
  const { requests, duration, non2xx, errors, mismatches } = await autocannon({
    url,
    amount,
    connections: 32,
  });
  return {
    rate: requests.total / duration,
    failed: non2xx + errors + mismatches + amount - requests.total,
  };
}
