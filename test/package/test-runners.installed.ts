/**
 * The bridge in the DOMs of other test runners, as docs/front-end.md says: jest with jsdom, and happy-dom.
 *
 * @module
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { read } from '../docs/pages.js';
import { createProject } from './project.js';

const [, mapper = ''] = /`(moduleNameMapper: \{[^`]*\})`/.exec(read('docs/front-end.md')) ?? [];

/** A compact token of an hour. Nobody verifies it here. */
const mint = `
  const part = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const token = [part({ alg: 'RS256' }), part({ sub: 'ada', given_name: 'Zoë', iat: now, exp: now + 3600 }), 'A'.repeat(342)].join('.');`;

const files = {
  'jest.config.js': `module.exports = { testEnvironment: 'jsdom', ${mapper} };`,
  // jsdom has no fetch, so the site's own function brings the token.
  'bridge.test.js': `${mint}
    const { createBridge } = require('live-assist-bridge');
    test('hands a token over', async () => {
      createBridge({ fetchToken: async () => token });
      expect(await new Promise((resolve) => window.authoriseChatWithCallback((...answer) => resolve(answer)))).toEqual([token]);
    });
    test('takes it from the endpoint through the fetch of the test', async () => {
      const headers = { get: () => null };
      window.fetch = async () => ({ ok: true, status: 200, url: 'http://localhost/token', headers, text: async () => JSON.stringify({ token }) });
      createBridge({ tokenEndpoint: '/token', methodName: 'other' });
      expect(await new Promise((resolve) => window.other((...answer) => resolve(answer)))).toEqual([token]);
    });`,
  'happy.mjs': `
    import { GlobalRegistrator } from '@happy-dom/global-registrator';
    GlobalRegistrator.register({ url: 'http://localhost/' });
    ${mint}
    const { createBridge } = await import('live-assist-bridge');
    globalThis.fetch = async () => new Response(JSON.stringify({ token }), { headers: { 'content-type': 'application/json' } });
    createBridge({ tokenEndpoint: '/token' });
    const answer = await new Promise((resolve) => window.authoriseChatWithCallback((...args) => resolve(args)));
    if (answer[0] !== token) throw new Error('no token: ' + answer);
    console.log('handed over');
    await GlobalRegistrator.unregister();`,
};

let project: Awaited<ReturnType<typeof createProject>>;
beforeAll(async () => {
  project = await createProject(files, [
    'jest@30',
    'jest-environment-jsdom@30',
    '@happy-dom/global-registrator@21',
  ]);
}, 600_000);
afterAll(() => project?.remove());

it('hands a token over in jest with jsdom, mapped as documented', async () => {
  expect(mapper).toContain('live-assist-bridge.umd.js');
  const { stderr } = await project.run('node_modules/.bin/jest', []);
  expect(stderr).toContain('2 passed');
});

it('hands a token over in happy-dom', async () => {
  const { stdout } = await project.run(process.execPath, ['happy.mjs']);
  expect(stdout).toContain('handed over');
});
