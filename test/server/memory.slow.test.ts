import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type Contact,
  createDataverseContacts,
  createMinter,
  createTokenHandler,
  generateKeys,
} from 'live-assist-bridge/server';
import { expect, it } from 'vitest';

setFlagsFromString('--expose_gc');
const collectGarbage: () => void = runInNewContext('gc');

const requests = 20_000;
const atOnce = 500;
const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

const { privateKey } = await generateKeys();
const mint = await createMinter({ privateKey, issuer: 'www.example.com' });
const address = 'https://www.example.com/live-assist/token';
const ask = (init: RequestInit = {}) => new Request(address, init);
const site = (contact: () => Contact | null | Promise<Contact | null>, timeout = 60_000) =>
  createTokenHandler({
    mint,
    visitor: (request) => (request.headers.has('Cookie') ? 'ada' : null),
    contact,
    timeout,
    onError() {},
  });
const signedIn = { Cookie: 'session=ada' };
const never = () => new Promise<never>(() => {});

const row = { contactid: id, firstname: 'Ada', lastname: 'Lovelace', statecode: 0 };
const lookUps = (fetch: () => Promise<Response>) =>
  createDataverseContacts({
    url: 'https://contoso.crm4.dynamics.com',
    accessToken: ({ renew }) => (renew ? 'b' : 'a'),
    timeout: 60_000,
    fetch,
  });
const found = lookUps(async () => Response.json(row));
const refused = lookUps(async () => new Response('{"error":{"code":"0x80072560"}}', { status: 403 }));
const unauthorized = lookUps(async () => new Response('', { status: 401 }));
const unreachable = lookUps(async () => {
  throw new TypeError('fetch failed');
});

const known = site(() => ({ id }));
const stranger = site(() => null);
const failing = site(() => Promise.reject(new Error('down')));
const slow = site(never, 100);
const stuck = site(never);
const busy = lookUps(never);

const kinds: Record<string, () => Promise<unknown>> = {
  'that get a token': () => known(ask({ headers: signedIn })),
  'of guests': () => known(ask()),
  'without a contact': () => stranger(ask({ headers: signedIn })),
  'that fail': () => failing(ask({ headers: signedIn })),
  'of foreign pages': () => stranger(ask({ headers: { Origin: 'https://evil.example' } })),
  'with a wrong method': () => stranger(ask({ method: 'DELETE' })),
  'that are preflights': () => stranger(ask({ method: 'OPTIONS' })),
  'that time out': () => slow(ask({ headers: signedIn })),
  'whose clients leave': () => {
    const client = new AbortController();
    const answer = stuck(ask({ headers: signedIn, signal: client.signal }));
    setTimeout(() => client.abort());
    return answer;
  },
  'that look a contact up': () => found.byId(id),
  'that Dynamics refuses': () => refused.byId(id).catch(() => {}),
  'whose access token is refused': () => unauthorized.byId(id).catch(() => {}),
  'that do not reach Dynamics': () => unreachable.byId(id).catch(() => {}),
  'that leave the queue': () => {
    const client = new AbortController();
    setTimeout(() => client.abort());
    return busy.byId(id, { signal: client.signal }).catch(() => {});
  },
};

/**
 * The heap once nothing more can be collected. Node frees some objects of a request, such as its signals, only in a later turn.
 */
async function heapAtRest(): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let unchanged = 0; unchanged < 5; unchanged++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    collectGarbage();
    const { heapUsed } = process.memoryUsage();
    if (heapUsed < least - 10_000) unchanged = 0;
    least = Math.min(least, heapUsed);
  }
  return least;
}

it.each(Object.entries(kinds))(
  'memory stays flat over 20,000 requests %s',
  async (kind, request) => {
    const half = async () => {
      for (let done = 0; done < requests / 2; done += atOnce)
        await Promise.all(Array.from({ length: atOnce }, request));
      return heapAtRest();
    };
    const middle = await half();
    const end = await half();
    console.log(`20,000 requests ${kind}: ${((end - middle) / 1024).toFixed(0)} kB in the second half.`);
    // 100 bytes a request.
    expect(end - middle).toBeLessThan((requests / 2) * 100);
  },
  600_000,
);
