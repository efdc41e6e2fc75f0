import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProject } from './project.js';

const page = `
  import { type Bridge, BridgeError, type BridgeErrorCode, type BridgeOptions, createBridge } from 'live-assist-bridge';

  const options: BridgeOptions = { tokenEndpoint: '/token', onError: ({ code }: BridgeError) => console.log(code) };
  export const bridge: Bridge = createBridge(options);
  export const token: Promise<string> = bridge.getToken();
  window.authoriseChatWithCallback?.((token) => console.log(token?.length));
  window.addEventListener('live-assist-bridge:error', ({ detail }) => detail.code satisfies BridgeErrorCode);
  // @ts-expect-error: neither address nor function
  createBridge({});
  // @ts-expect-error: both
  createBridge({ tokenEndpoint: '/token', fetchToken: async () => null });
  // @ts-expect-error: no such code
  export const code: BridgeErrorCode = 'nonsense';
`;

const server = `
  import * as kit from 'live-assist-bridge/server';

  const { privateKey, publicKey } = await kit.generateKeys();
  const value: string = await kit.publicKeyValue(publicKey);
  const mint: kit.Mint = await kit.createMinter({ privateKey, issuer: 'www.example.com' });
  const contacts = kit.createDataverseContacts({ url: 'https://a.crm.dynamics.com', accessToken: () => 'a' });
  const handler: (request: Request) => Promise<Response> = kit.createTokenHandler({
    mint,
    visitor: (request) => request.headers.get('email'),
    contact: (email, { signal }) => contacts.byEmail(email, { signal }),
  });
  const findings: kit.Finding[] = await kit.diagnose(await handler(new Request('https://a/')), { publicKey: value });
  console.log(findings.map(({ level, code, message }) => [level, code, message]));
  const { privateKey: key } = await crypto.subtle.generateKey(
    { name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
    true,
    ['sign', 'verify'],
  );
  await kit.createMinter({ privateKey: key, issuer: 'www.example.com' });
  // @ts-expect-error: nothing to sign with
  await kit.createMinter({ issuer: 'www.example.com' });
  // @ts-expect-error: a GUID is text
  await mint({ id: 1 });
`;

const tests = `
  import { type EngagementAnswer, startEngagement } from 'live-assist-bridge/testing';
  import { expect, test } from 'live-assist-bridge/testing/playwright';

  export const answer: EngagementAnswer = await startEngagement({ limit: 1000 });
  // @ts-expect-error: milliseconds
  await startEngagement({ limit: 'long' });
  test('a chat', async ({ engagement }) => {
    expect(await engagement.start()).toBeAuthenticatedAs('c0ffee00-0000-4000-8000-000000000001');
    // @ts-expect-error: no such matcher
    expect(await engagement.start()).toBeAuthenticated();
  });
`;

let project: Awaited<ReturnType<typeof createProject>>;
beforeAll(async () => {
  project = await createProject(
    { 'package.json': '{ "type": "module" }', 'page.ts': page, 'server.ts': server, 'tests.ts': tests },
    // The oldest TypeScript that supports the syntax of the declarations, and the newest.
    ['oldest@npm:typescript@5.7', 'newest@npm:typescript@7', '@types/node@20', '@playwright/test@1.64'],
  );
}, 120_000);
afterAll(() => project.remove());

const strict = [
  '--noEmit',
  '--strict',
  '--exactOptionalPropertyTypes',
  '--target',
  'es2022',
  '--types',
  'node',
];

/** Returns TypeScript's errors about the files, and about every declaration that they import. */
function check(typescript: string, options: string[], ...files: string[]) {
  const tsc = `node_modules/${typescript}/bin/tsc`;
  const args = [tsc, ...strict, '--skipLibCheck', 'false', ...options, ...files];
  return project.run(process.execPath, args).then(
    () => 'fine',
    ({ stdout }: { stdout: string }) => stdout,
  );
}

it('are found by the resolution of older projects, moduleResolution node10', async () => {
  const options = ['--moduleResolution', 'node10', '--module', 'esnext'];
  expect(await check('oldest', options, 'page.ts', 'server.ts', 'tests.ts')).toBe('fine');
});

describe.each(['oldest', 'newest'])('the types, with the %s TypeScript', (typescript) => {
  it.each([
    ['bundler', 'esnext'],
    ['node16', 'node16'],
    ['nodenext', 'nodenext'],
  ])('are right under moduleResolution %s', async (moduleResolution, module) => {
    const options = ['--moduleResolution', moduleResolution, '--module', module];
    expect(await check(typescript, options, 'page.ts', 'server.ts', 'tests.ts')).toBe('fine');
  });

  it('of the server kit need no DOM', async () => {
    const options = ['--moduleResolution', 'nodenext', '--module', 'nodenext', '--lib', 'es2022'];
    expect(await check(typescript, options, 'server.ts')).toBe('fine');
  });
});
