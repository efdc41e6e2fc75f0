/**
 * Requests without an answer: refused, unknown, offline, or not readable from this origin.
 *
 * @module
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { codes, engage, expect, refusal, test } from './field.js';
import { json, reply, status } from './misbehave.js';

/** An address on which nothing listens any more. */
async function deadAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://localhost:${port}/token`;
}

for (const httpMethod of ['GET', 'POST']) {
  test(`refuses as network when the connection of a ${httpMethod} is refused`, async ({ visit, watched }) => {
    watched.warns('network');
    const page = await visit({ httpMethod, tokenEndpoint: await deadAddress() });
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['network']);
  });

  test(`refuses as network when the name of the endpoint of a ${httpMethod} is unknown`, async ({
    visit,
    watched,
  }) => {
    watched.warns('network');
    const page = await visit({ httpMethod, tokenEndpoint: 'https://nowhere.invalid/token' });
    expect(await engage(page)).toEqual(refusal);
    expect(await codes(page)).toEqual(['network']);
  });
}

test('refuses an answer that cannot be decompressed as network', async ({ site, visit, watched }) => {
  watched.warns('network');
  site.serve('/token', reply('not gzip at all', { 'Content-Encoding': 'gzip' }));
  const page = await visit();
  expect(await engage(page)).toEqual(refusal);
  expect(await codes(page)).toEqual(['network']);
});

test('refuses while offline and delivers once online', async ({ context, serveTokens, visit, watched }) => {
  watched.warns('network');
  const [token] = await serveTokens('visitor');
  const page = await visit();
  await context.setOffline(true);
  expect(await engage(page)).toEqual(refusal);
  await context.setOffline(false);
  expect(await engage(page)).toEqual([token]);
  expect(await codes(page)).toEqual(['network']);
});

test('delivers if the browser comes online between two attempts', async ({ context, serveTokens, visit }) => {
  const [token] = await serveTokens('visitor');
  const page = await visit();
  await context.setOffline(true);
  const failed = page.waitForEvent('requestfailed');
  const answer = engage(page);
  await failed;
  await context.setOffline(false);
  expect(await answer).toEqual([token]);
});

test('hands over a kept token while offline', async ({ context, serveTokens, visit }) => {
  const [token] = await serveTokens('visitor');
  const page = await visit();
  await engage(page);
  await context.setOffline(true);
  expect(await engage(page)).toEqual([token]);
});

const crossOrigin: [
  name: string,
  credentials: string,
  headers: Record<string, string>,
  isReadable: boolean,
][] = [
  ['without a word of CORS', 'same-origin', {}, false],
  ['that lets everyone read', 'same-origin', { 'Access-Control-Allow-Origin': '*' }, true],
  ['that lets everyone read, with credentials', 'include', { 'Access-Control-Allow-Origin': '*' }, false],
  ['that lets this origin read', 'same-origin', { 'Access-Control-Allow-Origin': 'ORIGIN' }, true],
  [
    'that lets this origin read, with credentials',
    'include',
    { 'Access-Control-Allow-Origin': 'ORIGIN' },
    false,
  ],
  [
    'that lets this origin read with credentials',
    'include',
    { 'Access-Control-Allow-Origin': 'ORIGIN', 'Access-Control-Allow-Credentials': 'true' },
    true,
  ],
];

for (const [name, credentials, cors, isReadable] of crossOrigin) {
  test(`${isReadable ? 'delivers from' : 'refuses'} another origin ${name} (${credentials})`, async ({
    context,
    site,
    mint,
    visit,
    watched,
  }) => {
    if (!isReadable) watched.warns('network');
    const token = await mint();
    const headers = JSON.parse(JSON.stringify(cors).replace('ORIGIN', site.origin));
    await context.addCookies([{ name: 'session', value: 'yes', url: site.sister }]);
    site.serve('/token', json({ token }, headers));
    const page = await visit({ tokenEndpoint: `${site.sister}/token`, credentials });
    expect(await engage(page)).toEqual(isReadable ? [token] : refusal);
    expect(await codes(page)).toEqual(isReadable ? [] : ['network']);
    const carried = site.requests().map(({ method, headers }) => [method, Boolean(headers.cookie)]);
    expect(carried).toEqual(Array(isReadable ? 1 : 3).fill(['GET', credentials === 'include']));
  });
}

for (const [credentials, isCarried] of [
  ['omit', false],
  ['same-origin', true],
  ['include', true],
] as const) {
  test(`${isCarried ? 'sends' : 'leaves out'} the session on its own origin with ${credentials}`, async ({
    context,
    site,
    visit,
  }) => {
    await context.addCookies([{ name: 'session', value: 'yes', url: site.origin }]);
    site.serve('/token', status(401));
    await engage(await visit({ credentials }));
    expect(Boolean(site.requests()[0]?.headers.cookie)).toBe(isCarried);
  });
}
