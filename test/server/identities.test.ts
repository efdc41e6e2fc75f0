import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { createMinter, createTokenHandler } from 'live-assist-bridge/server';
import { expect, it } from 'vitest';

const visitors = 10_000;

/** One contact for each number. */
const contactOf = (visitor: number) => ({
  id: `3f2504e0-4f89-41d3-9a0c-${(visitor + 1).toString(16).padStart(12, '0')}`,
  givenName: `visitor ${visitor}`,
});

/** Stands in for an RSA signature: 256 bytes that identify the signed text. */
const seal = (bytes: Uint8Array) => {
  const digest = createHash('sha256').update(bytes).digest();
  return Buffer.concat(Array.from({ length: 8 }, () => digest));
};

/** Waiting requests continue in a random order. */
const waiting: (() => void)[] = [];
const turn = () => new Promise<void>((resolve) => waiting.push(resolve));
const shuffled = (queue: (() => void)[]) =>
  queue.map((_, index) => queue[(index * 7919 + 13) % queue.length]).filter((go) => go !== undefined);

it('never crosses identities in 10,000 interleaved requests', async () => {
  const mint = await createMinter({
    issuer: 'www.site.example',
    async sign(bytes) {
      await turn();
      return seal(bytes);
    },
  });
  const handler = createTokenHandler({
    mint,
    async visitor(request) {
      await turn();
      const visitor = Number(request.headers.get('Cookie')?.replace('session=', ''));
      return visitor % 10 === 8 ? null : { visitor };
    },
    async contact({ visitor }) {
      await turn();
      if (visitor % 10 === 9) throw new Error('The look-up failed.');
      return contactOf(visitor);
    },
    timeout: 60_000,
    onError: () => {},
  });

  const answers = Array.from({ length: visitors }, async (_, visitor) => {
    const headers = { Cookie: `session=${visitor}` };
    const response = await handler(new Request('https://site.example/token', { headers }));
    return { visitor, status: response.status, body: await response.json() };
  });
  while (waiting.length > 0) {
    for (const go of shuffled(waiting.splice(0))) go();
    await new Promise(setImmediate);
  }

  const crossed = (await Promise.all(answers)).filter(({ visitor, status, body }) => {
    if (visitor % 10 === 9) return status !== 500;
    if (visitor % 10 === 8) return status !== 401;
    const { id, givenName } = contactOf(visitor);
    const { sub, given_name } = decodeJwt(body.token);
    const [signed, signature] = body.token.split(/\.(?=[^.]*$)/);
    const isSealed = signature === seal(Buffer.from(signed)).toString('base64url');
    return status !== 200 || sub !== id || given_name !== givenName || !isSealed;
  });
  expect(crossed).toEqual([]);
});
