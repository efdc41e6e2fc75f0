import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createDataverseContacts } from 'live-assist-bridge/server';
import { describe, expect, it } from 'vitest';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ada = { id, givenName: 'Ada', familyName: 'Lovelace' };
const row = { contactid: id, firstname: 'Ada', lastname: 'Lovelace', statecode: 0 };

/** Serves `most` requests at a time, each in `duration` milliseconds, and answers 429 beyond that. */
async function startBusyService(most: number, duration: number) {
  const counts = { requests: 0, refused: 0, running: 0, peak: 0 };
  const server = createServer((_request, response) => {
    counts.requests++;
    if (counts.running >= most) {
      counts.refused++;
      response.writeHead(429, { 'Retry-After': '1' }).end();
      return;
    }
    counts.running++;
    counts.peak = Math.max(counts.peak, counts.running);
    setTimeout(() => {
      counts.running--;
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(row));
    }, duration);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    counts,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('a burst of look-ups', () => {
  it('of 1,000 loses none at a service that takes 52 at a time, with at most 1.1 requests each', async () => {
    const service = await startBusyService(52, 50);
    // Generous, so that a busy machine does not fail the test. The benchmark reports whether 5 seconds are enough.
    const contacts = createDataverseContacts({
      url: service.url,
      accessToken: () => 'valid',
      timeout: 60_000,
    });
    const start = performance.now();
    const found = await Promise.all(Array.from({ length: 1000 }, () => contacts.byId(id)));
    console.log(
      `1,000 look-ups: ${Math.round(performance.now() - start)} ms, ${service.counts.requests} requests, at most ${service.counts.peak} at a time, ${service.counts.refused} refused.`,
    );
    service.stop();
    expect(found).toEqual(Array.from({ length: 1000 }, () => ada));
    expect(service.counts.peak).toBeLessThanOrEqual(40);
    expect(service.counts.requests).toBeLessThanOrEqual(1100);
  });

  it('loses none at a service that takes fewer than the limit', async () => {
    const service = await startBusyService(10, 20);
    const contacts = createDataverseContacts({
      url: service.url,
      accessToken: () => 'valid',
      concurrency: 12,
      timeout: 60_000,
    });
    const found = await Promise.all(Array.from({ length: 60 }, () => contacts.byId(id)));
    service.stop();
    expect(found).toEqual(Array.from({ length: 60 }, () => ada));
  });
});
