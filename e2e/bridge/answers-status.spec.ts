/**
 * For every status of the token endpoint, each call is answered once, and the rules for retries are kept.
 *
 * @module
 */
import { codes, engage, expect, refusal, test } from './field.js';
import { json, reset, status } from './misbehave.js';

const refused = [
  { name: '304', answer: status(304), code: 'endpoint-failed', requests: 1 },
  { name: '401', answer: status(401), code: 'signed-out', requests: 1 },
  { name: '403', answer: status(403), code: 'forbidden', requests: 1 },
  {
    name: '403 with the word no-contact',
    answer: json({ error: 'no-contact' }, {}, 403),
    code: 'no-contact',
    requests: 1,
  },
  { name: '404', answer: status(404), code: 'endpoint-failed', requests: 1 },
  { name: '408', answer: status(408), code: 'endpoint-failed', requests: 3 },
  { name: '413', answer: status(413), code: 'endpoint-failed', requests: 1 },
  { name: '429', answer: status(429), code: 'rate-limited', requests: 3 },
  { name: '500', answer: status(500), code: 'endpoint-failed', requests: 3 },
  { name: '503', answer: status(503), code: 'endpoint-failed', requests: 3 },
  { name: '520', answer: status(520), code: 'endpoint-failed', requests: 3 },
  { name: 'a connection that is always reset', answer: reset, code: 'network', requests: 3 },
];

for (const httpMethod of ['GET', 'POST']) {
  for (const { name, answer, code, requests } of refused) {
    test(`refuses as ${code} after ${requests} ${httpMethod} for ${name}`, async ({
      site,
      visit,
      watched,
    }) => {
      if (code !== 'signed-out') watched.warns(code);
      site.serve('/token', answer);
      const page = await visit({ httpMethod });
      expect(await engage(page)).toEqual(refusal);
      expect(await codes(page)).toEqual([code]);
      expect(site.requests().map(({ method }) => method)).toEqual(Array(requests).fill(httpMethod));
    });
  }
}
