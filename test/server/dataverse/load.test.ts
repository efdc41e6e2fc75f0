import { setMaxListeners } from 'node:events';
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { createDataverseContacts, type DataverseError } from 'live-assist-bridge/server';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startDataverse } from './dataverse-server.js';

const id = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
const ada = { id, givenName: 'Ada', familyName: 'Lovelace' };
const row = { contactid: id, firstname: 'Ada', lastname: 'Lovelace', statecode: 0 };
const crm = await startDataverse([row]);

beforeEach(() => {
  crm.requests.splice(0);
  crm.faults.splice(0);
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(() => crm.stop());

const fakeClock = ['Date', 'setTimeout', 'clearTimeout'] as const;

const contactsOf = (options: object = {}) =>
  createDataverseContacts({ url: crm.url, accessToken: () => 'valid', ...options });

const failure = (looking: Promise<unknown>): Promise<DataverseError> =>
  looking.then(
    () => Promise.reject(new Error('It was found.')),
    (error) => error,
  );

/** A fetch whose answers the test gives by hand, in the order of the requests. */
function heldFetch() {
  const answers: ((response: Response) => void)[] = [];
  const fetch = vi.fn(() => new Promise<Response>((resolve) => answers.push(resolve)));
  return { fetch, answers };
}
/** Waits for the next turn, when all work that needs no answer from outside is done. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('many look-ups at once', () => {
  it.each([1, 3])('run no more than concurrency: %i at a time, in their order', async (concurrency) => {
    const { fetch, answers } = heldFetch();
    const contacts = contactsOf({ concurrency, fetch });
    const order: number[] = [];
    const all = Promise.all(
      Array.from({ length: 6 }, (_, index) => contacts.byId(id).then(() => order.push(index))),
    );
    for (let served = 0; served < 6; served++) {
      await settled();
      expect(fetch).toHaveBeenCalledTimes(Math.min(6, served + concurrency));
      answers[served]?.(Response.json(row));
    }
    await all;
    expect(order).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it.each([1, 1000])('can have a concurrency of %i', (concurrency) => {
    expect(() => contactsOf({ concurrency })).not.toThrow();
  });

  it.each([0, -1, 1.5, 1001, Number.NaN, '40', null])('cannot have a concurrency of %j', (concurrency) => {
    expect(() => contactsOf({ concurrency })).toThrow(/concurrency .*1 to 1000/);
  });

  it('take an access token that was renewed meanwhile, and renew a later one that is refused', async () => {
    const { fetch, answers } = heldFetch();
    const accessToken = vi.fn(({ renew }: { renew: boolean }) => (renew ? 'new' : 'old'));
    const contacts = contactsOf({ accessToken, fetch });
    const sent = (count: number) => vi.waitFor(() => expect(fetch).toHaveBeenCalledTimes(count));
    const refuse = (index: number) => answers[index]?.(new Response('', { status: 401 }));
    const find = (index: number) => answers[index]?.(Response.json(row));
    const renewals = () => accessToken.mock.calls.filter(([{ renew }]) => renew).length;
    const first = contacts.byId(id);
    await sent(1);
    const second = contacts.byId(id);
    await sent(2);
    refuse(0);
    await sent(3);
    refuse(1);
    await sent(4);
    find(2);
    find(3);
    await Promise.all([first, second]);
    expect(renewals()).toBe(1);
    const third = contacts.byId(id);
    await sent(5);
    refuse(4);
    await sent(6);
    find(5);
    await third;
    expect(renewals()).toBe(2);
  });

  it.each([
    [undefined, 'fetch returned no Response. '],
    [{ status: 101 }, 'The answer has the status 101, '],
    [{ status: 600 }, 'The answer has the status 600, '],
  ])('say that fetch returned %j, which is not an answer', async (answer, said) => {
    const fetch = async () => answer as Response;
    const error = await failure(contactsOf({ fetch }).byId(id));
    expect(error.code).toBe('unexpected-answer');
    expect(error.message).toContain(said);
  });

  it('cannot be sent by a fetch that is not a function', () => {
    expect(() => contactsOf({ fetch: 'node-fetch' as unknown as typeof fetch })).toThrow(
      /^fetch is not a function/,
    );
  });

  it('leave the queue at once if their clients disconnect', async () => {
    const { fetch, answers } = heldFetch();
    const contacts = contactsOf({ concurrency: 1, fetch });
    const first = contacts.byId(id);
    const client = new AbortController();
    setMaxListeners(0, client.signal);
    const left = Array.from({ length: 500 }, () => contacts.byId(id, { signal: client.signal }));
    const leaving = Promise.allSettled(left);
    const next = contacts.byId(id);
    await settled();
    client.abort(new Error('The clients left.'));
    expect(new Set((await leaving).map(({ status }) => status))).toEqual(new Set(['rejected']));
    answers[0]?.(Response.json(row));
    await settled();
    expect(fetch).toHaveBeenCalledTimes(2);
    answers[1]?.(Response.json(row));
    expect(await Promise.all([first, next])).toEqual([ada, ada]);
  });

  it('get the place of a request whose client disconnected, even if fetch ignores the signal', async () => {
    const { fetch, answers } = heldFetch();
    const contacts = contactsOf({ concurrency: 1, fetch });
    const client = new AbortController();
    const stuck = failure(contacts.byId(id, { signal: client.signal }));
    const next = contacts.byId(id);
    await settled();
    expect(fetch).toHaveBeenCalledTimes(1);
    client.abort(new Error('The client left.'));
    await stuck;
    await settled();
    answers[1]?.(Response.json(row));
    expect(await next).toEqual(ada);
  });

  it('that get no turn in time are rejected with that reason', async () => {
    vi.useFakeTimers({ toFake: [...fakeClock] });
    const { fetch } = heldFetch();
    const contacts = contactsOf({ concurrency: 1, fetch });
    const failures = Promise.all([failure(contacts.byId(id)), failure(contacts.byId(id))]);
    await vi.advanceTimersByTimeAsync(5000);
    const [running, waiting] = await failures;
    expect(running.message).toMatch(/^Dynamics did not answer/);
    expect(waiting).toMatchObject({ code: 'timeout', message: expect.stringMatching(/for its turn/) });
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('a Retry-After', () => {
  it('pauses the other look-ups too', async () => {
    vi.useFakeTimers({ toFake: [...fakeClock] });
    const { fetch, answers } = heldFetch();
    const contacts = contactsOf({ fetch });
    const first = contacts.byId(id);
    await vi.advanceTimersByTimeAsync(0);
    answers[0]?.(new Response('', { status: 429, headers: { 'Retry-After': '1' } }));
    await vi.advanceTimersByTimeAsync(200);
    const others = [contacts.byId(id), contacts.byId(id)];
    await vi.advanceTimersByTimeAsync(790);
    expect(fetch).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(120);
    expect(fetch).toHaveBeenCalledTimes(4);
    for (const answer of answers) answer(Response.json(row));
    expect(await Promise.all([first, ...others])).toEqual([ada, ada, ada]);
  });

  it('pauses the others even if the look-up that received it has no time left', async () => {
    vi.useFakeTimers({ toFake: [...fakeClock] });
    const { fetch, answers } = heldFetch();
    const contacts = contactsOf({ fetch });
    const first = failure(contacts.byId(id));
    await vi.advanceTimersByTimeAsync(4500);
    const second = contacts.byId(id);
    await vi.advanceTimersByTimeAsync(0);
    expect(fetch).toHaveBeenCalledTimes(2);
    answers[0]?.(new Response('', { status: 429, headers: { 'Retry-After': '2' } }));
    await vi.advanceTimersByTimeAsync(0);
    expect(await first).toMatchObject({ code: 'throttled' });
    answers[1]?.(Response.json(row));
    expect(await second).toEqual(ada);
    const third = contacts.byId(id);
    await vi.advanceTimersByTimeAsync(1990);
    expect(fetch).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(300);
    answers[2]?.(Response.json(row));
    expect(await third).toEqual(ada);
  });

  it('that is too long for one look-up does not stop the others', async () => {
    crm.faults.push((response) => void response.writeHead(503, { 'Retry-After': '3600' }).end());
    const contacts = contactsOf();
    expect(await failure(contacts.byId(id))).toMatchObject({ code: 'throttled', status: 503 });
    expect(await contacts.byId(id)).toEqual(ada);
  });
});

describe('the access token of many look-ups', () => {
  it('is renewed once for all of them', async () => {
    const accessToken = vi.fn(async ({ renew }: { renew: boolean }) => {
      await settled();
      return renew ? 'valid' : 'stale';
    });
    const contacts = contactsOf({ accessToken });
    expect(await Promise.all(Array.from({ length: 30 }, () => contacts.byId(id)))).toHaveLength(30);
    expect(accessToken.mock.calls).toEqual([[{ renew: false }], [{ renew: true }]]);
    expect(crm.requests).toHaveLength(60);
  });

  it('is the one being renewed, for a look-up that comes in between', async () => {
    let give = (_token: string) => {};
    const accessToken = vi.fn(({ renew }: { renew: boolean }) =>
      renew ? new Promise<string>((resolve) => (give = resolve)) : 'stale',
    );
    const contacts = contactsOf({ accessToken });
    const first = contacts.byId(id);
    await vi.waitFor(() => expect(accessToken).toHaveBeenCalledTimes(2));
    const second = contacts.byId(id);
    await settled();
    give('valid');
    expect(await Promise.all([first, second])).toEqual([ada, ada]);
    expect(accessToken).toHaveBeenCalledTimes(2);
  });

  it('is requested again after a request that was never answered', async () => {
    let calls = 0;
    const accessToken = () => (++calls === 1 ? new Promise<string>(() => {}) : 'valid');
    vi.useFakeTimers({ toFake: [...fakeClock] });
    const contacts = contactsOf({ accessToken });
    const waiting = failure(contacts.byId(id));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await waiting).toMatchObject({ code: 'timeout' });
    expect(await contactsOf().byId(id)).toEqual(ada);
    expect(await contacts.byId(id)).toEqual(ada);
  });

  it('that fails for one look-up is requested again by the next', async () => {
    let calls = 0;
    const accessToken = async () => {
      if (++calls === 1) throw new Error('The identity service is down.');
      return 'valid';
    };
    const contacts = contactsOf({ accessToken });
    await expect(contacts.byId(id)).rejects.toThrow('The identity service is down.');
    expect(await contacts.byId(id)).toEqual(ada);
  });
});

describe('a hostile answer', () => {
  const bomb = gzipSync(Buffer.alloc(30_000_000, ' '));
  const answers: [string, (response: ServerResponse) => void, string, RegExp][] = [
    [
      'that never ends',
      (response) => {
        const chunk = `${' '.repeat(65_536)}`;
        const more = () => {
          while (!response.destroyed && response.write(chunk));
        };
        response.writeHead(200).on('drain', more);
        more();
      },
      'unexpected-answer',
      /larger than 1 MB/,
    ],
    [
      'that is a gzip bomb',
      (response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(bomb);
      },
      'unexpected-answer',
      /larger than 1 MB/,
    ],
    [
      'that is large and a failure',
      (response) => void response.writeHead(403).end('x'.repeat(2_000_000)),
      'unexpected-answer',
      /larger than 1 MB/,
    ],
    ['that stalls', (response) => void response.writeHead(200).write('{'), 'timeout', /^Dynamics did not/],
    [
      'that drips',
      (response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      'timeout',
      /^Dynamics did not/,
    ],
    ['of 429 without Retry-After', (response) => void response.writeHead(429).end(), 'throttled', /429/],
  ];

  it.each(answers)(
    '%s ends with one sentence and does not affect the next look-up',
    async (_, answer, code, said) => {
      crm.faults.push(answer);
      const contacts = contactsOf({ timeout: code === 'timeout' ? 500 : 30_000, concurrency: 1 });
      const [error, found] = await Promise.all([
        failure(contacts.byId(id)),
        vi
          .waitFor(() => expect(crm.requests).toHaveLength(1))
          .then(() => contactsOf({ timeout: 30_000 }).byId(id)),
      ]);
      expect(error).toMatchObject({ name: 'DataverseError', code });
      expect(error.message).toMatch(said);
      expect(found).toEqual(ada);
    },
  );

  it('frees its place', async () => {
    crm.faults.push((response) => void response.writeHead(403).end('x'.repeat(2_000_000)));
    const contacts = contactsOf({ concurrency: 1 });
    await failure(contacts.byId(id));
    expect(await contacts.byId(id)).toEqual(ada);
  });

  it('of just under 1 MB is read', async () => {
    crm.faults.push((response) => {
      const body = JSON.stringify(row);
      response.writeHead(200).end(body + ' '.repeat(999_999 - body.length));
    });
    expect(await contactsOf().byId(id)).toEqual(ada);
  });

  it('is read as UTF-8 wherever its chunks are cut', async () => {
    const bytes = new TextEncoder().encode(JSON.stringify({ ...row, firstname: 'Zoë 🙂' }));
    const fetch = async () =>
      new Response(
        new ReadableStream({
          start(controller) {
            for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
            controller.close();
          },
        }),
      );
    expect(await contactsOf({ fetch }).byId(id)).toMatchObject({ givenName: 'Zoë 🙂' });
  });
});

describe('a refusal of Dynamics', () => {
  it.each([
    ['0x80072560', /no user for this application.*Create an application user/],
    ['0x80040225', /disabled.*Activate/],
    ['0x80042F09', /no security role.*Organization level/],
    ['0x80040220', /lacks a privilege.*Read on Contact at Organization level/],
    ['0x80048306', /may not read this record.*Organization level/],
    ['0x80095ffe', /IP firewall.*outgoing IP address/],
    ['0x80095ffc', /blocks this application.*Allow/],
    ['0x80041234', /read contacts.*Read on Contact/],
  ])('with the code %s is explained by that code', async (code, said) => {
    crm.faults.push((response) => {
      response.writeHead(403, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ error: { code, message: 'secret details' } }));
    });
    const error = await failure(contactsOf().byId(id));
    expect(error).toMatchObject({ code: 'forbidden', status: 403, dataverseCode: code.toLowerCase() });
    expect(error.message).toMatch(said);
    expect(error.message).toContain(code.toLowerCase());
    expect(error.message).not.toContain('secret details');
  });

  it.each(['', 'no code', '{"error":{"code":"nonsense <b>"}}', '{"error":null}', '[]'])(
    'without a code (%j) has none',
    async (body) => {
      crm.faults.push((response) => void response.writeHead(403).end(body));
      const error = await failure(contactsOf().byId(id));
      expect(error.dataverseCode).toBeUndefined();
      expect(error.message).not.toContain('nonsense');
    },
  );
});
