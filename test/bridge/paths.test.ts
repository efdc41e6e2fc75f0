// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { answer, call, token } from './site.js';

beforeEach(() => {
  vi.resetModules();
  localStorage.clear();
});
afterEach(() => {
  document.head.replaceChildren();
  history.replaceState(null, '', '/');
});

/** A page with the tag, printed for one visitor. Its endpoint answers on command, with the path of the request. */
async function page() {
  const waiting: (() => void)[] = [];
  vi.stubGlobal('fetch', () => {
    const jwt = token({ sub: location.pathname });
    return new Promise((resolve) => waiting.push(() => resolve(answer(jwt))));
  });
  const script = document.createElement('script');
  Object.assign(script.dataset, { tokenEndpoint: '/token', visitor: 'u-1' });
  document.head.append(script);
  const { bridge } = await import('../../src/bridge/tag.js');
  return {
    asked: () => waiting.length,
    /** Answers the next request once it has been sent. */
    async respond() {
      await vi.waitFor(() => expect(waiting).not.toHaveLength(0));
      waiting.shift()?.();
    },
    leave: () => bridge?.dispose(),
  };
}

const go = (path: string) => history.pushState(null, '', path);
const pathOf = ([jwt]: unknown[]) => {
  const [, payload = ''] = String(jwt).split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString()).sub;
};

it('keeps a token for the path, whatever the query says', async () => {
  const here = await page();
  const first = call();
  await here.respond();
  await first;
  go('/?from=mail');
  expect(call().answers).toEqual([await first]);
  go('/account');
  const second = call();
  await here.respond();
  expect(pathOf(await second)).toBe('/account');
  here.leave();
});

it('asks once more if the path changes meanwhile, also for callers that came later', async () => {
  const here = await page();
  const callers = [call()];
  await vi.waitFor(() => expect(here.asked()).toBe(1));
  go('/account');
  callers.push(call());
  await here.respond();
  await here.respond();
  expect((await Promise.all(callers)).map(pathOf)).toEqual(['/account', '/account']);
  expect(here.asked()).toBe(0);
  here.leave();
});

it('asks once more if the path changed and changed back while another caller came', async () => {
  const here = await page();
  const first = call();
  await vi.waitFor(() => expect(here.asked()).toBe(1));
  go('/account');
  call();
  go('/');
  await here.respond();
  await vi.waitFor(() => expect(here.asked()).toBe(1));
  expect(first.answers).toEqual([]);
  await here.respond();
  expect(pathOf(await first)).toBe('/');
  here.leave();
});

it('delivers the second answer even if the path changes again, but not to callers from there', async () => {
  const here = await page();
  const first = call();
  await vi.waitFor(() => expect(here.asked()).toBe(1));
  go('/account');
  await here.respond();
  await vi.waitFor(() => expect(here.asked()).toBe(1));
  go('/goodbye');
  const last = call();
  await here.respond();
  expect(pathOf(await first)).toBe('/account');
  await here.respond();
  expect(pathOf(await last)).toBe('/goodbye');
  here.leave();
});
