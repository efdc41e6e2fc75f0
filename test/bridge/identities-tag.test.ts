// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, call, endpoint, token } from './site.js';

type Identity = (callback: (given: unknown) => void) => void;
const page = globalThis as { lpTag?: { identities?: Identity[] } };
const ada = { iss: 'www.larkfield.example', sub: 'ada0ada0-0000-4000-8000-000000000001' };
let warn = vi.spyOn(console, 'warn');
let fetch = endpoint();

beforeEach(() => {
  vi.resetModules();
  warn = vi.spyOn(console, 'warn').mockReturnValue();
  fetch = endpoint(() => answer({ token: token(ada) }));
});
afterEach(() => {
  vi.restoreAllMocks();
  document.head.replaceChildren();
  delete page.lpTag;
});

/** Runs the tag's file with these attributes. */
async function load(attributes: Record<string, string>) {
  const script = document.createElement('script');
  for (const [name, value] of Object.entries({ 'data-token-endpoint': '/token', ...attributes }))
    script.setAttribute(name, value);
  document.head.append(script);
  vi.spyOn(document, 'currentScript', 'get').mockReturnValue(script);
  const { bridge } = await import('../../src/bridge/tag.js');
  onTestFinished(() => bridge?.dispose());
  return script;
}

const ask = () =>
  Promise.all((page.lpTag?.identities ?? []).map((identity) => new Promise((resolve) => identity(resolve))));

describe('data-identities', () => {
  it.each(['', 'true'])('as %j answers for the visitor that the tag names', async (value) => {
    const script = await load({ 'data-identities': value, 'data-visitor': 'ada' });
    expect(await ask()).toEqual([{ ...ada, acr: 'loa1' }]);
    script.dataset.visitor = '';
    expect(await ask()).toEqual([null]);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(warn).not.toHaveBeenCalled();
  });

  it('costs no request for a guest', async () => {
    await load({ 'data-identities': '', 'data-visitor': '' });
    expect(await ask()).toEqual([null]);
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each([{}, { 'data-identities': 'false' }])('is off as %j', async (attributes) => {
    await load({ ...attributes, 'data-visitor': 'ada' });
    expect('lpTag' in page).toBe(false);
    expect(warn).not.toHaveBeenCalled();
  });

  it.each([
    [
      { 'data-identities': '' },
      'identities needs visitor (data-visitor), empty for guests. The default is used.',
    ],
    [
      { 'data-identities': 'yes', 'data-visitor': 'ada' },
      'The attribute data-identities is not valid. It takes true or a function. The default is used.',
    ],
    [
      { 'data-identities-on': '', 'data-visitor': 'ada' },
      'Write data-identities for data-identities-on. The default is used.',
    ],
  ])('as %j is off, which one console line says, and the chat works', async (attributes, line) => {
    await load(attributes as Record<string, string>);
    expect('lpTag' in page).toBe(false);
    expect(await call()).toHaveLength(1);
    expect(warn.mock.calls).toEqual([[`live-assist-bridge: ${line}`]]);
  });
});
