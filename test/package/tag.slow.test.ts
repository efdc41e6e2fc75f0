// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import type { createBridge } from 'live-assist-bridge';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answer, token } from '../bridge/site.js';

const read = (path: string) => readFileSync(path, 'utf8');
const code = read('dist/live-assist-bridge.umd.js');
const { version } = JSON.parse(read('package.json'));
const map: { sources: string[]; sourcesContent: string[] } = JSON.parse(
  read('dist/live-assist-bridge.umd.js.map'),
);

/** The third-party packages whose code the file contains. */
const bundled = new Set(map.sources.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []));

/** Loads the tag's file with these globals. */
function load(globals: object): Record<string, unknown> {
  const context = createContext({ ...globals });
  runInContext(code, context);
  return context;
}

const names = ['BridgeError', 'bridge', 'createBridge'];

describe('the tag’s file', () => {
  it('puts its exports on one global', () => {
    const before = Object.keys(load({}));
    expect(before).toEqual(['liveAssistBridge']);
    expect(Object.keys(load({}).liveAssistBridge ?? {}).sort()).toEqual(names);
  });

  it('adds to an existing global', () => {
    const { liveAssistBridge } = load({ liveAssistBridge: { own: 1 } });
    expect(Object.keys(liveAssistBridge ?? {}).sort()).toEqual([...names, 'own'].sort());
  });

  it('is the AMD module live-assist-bridge if there is a loader', () => {
    const define = Object.assign(vi.fn(), { amd: {} });
    const window = load({ define });
    expect(define).toHaveBeenCalledWith('live-assist-bridge', ['exports'], expect.any(Function));
    const exports = {};
    define.mock.calls[0]?.[2](exports);
    expect(Object.keys(exports).sort()).toEqual(names);
    expect(Object.keys(window)).toEqual(['define']);
  });

  it('retries if AbortSignal.any is missing, as in Safari 15.4', async () => {
    const { any } = AbortSignal;
    const { throwIfAborted } = AbortSignal.prototype;
    Reflect.deleteProperty(AbortSignal, 'any');
    Reflect.deleteProperty(AbortSignal.prototype, 'throwIfAborted');
    onTestFinished(() => {
      Object.assign(AbortSignal, { any });
      Object.assign(AbortSignal.prototype, { throwIfAborted });
      vi.unstubAllGlobals();
    });
    const jwt = token();
    const fetch = vi.fn(async () => answer(jwt, fetch.mock.calls.length < 2 ? 503 : 200));
    vi.stubGlobal('fetch', fetch);
    const exports: { createBridge?: typeof createBridge } = {};
    new Function('exports', 'module', code)(exports, { exports });
    const bridge = exports.createBridge?.({ tokenEndpoint: '/token' });
    expect(await bridge?.getToken()).toBe(jwt);
    bridge?.dispose();
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  it('begins with one comment that gives name, version and licence, and holds no third-party code', () => {
    expect(code.match(/\/\*!/g)).toHaveLength(1);
    const [, banner = ''] = /^\/\/# allFunctionsCalledOnLoad\n(\/\*! .*? \*\/)/.exec(code) ?? [];
    expect(banner).toContain(`live-assist-bridge ${version} | MIT |`);
    expect([...bundled]).toEqual([]);
    expect(banner).toContain('see LICENSES.txt');
  });

  it('has its complete licences beside it', () => {
    const licences = read('dist/LICENSES.txt');
    expect(licences).toContain(read('LICENSE').trim());
  });

  it('has a source map that holds the sources', () => {
    expect(code.trimEnd()).toMatch(/\n\/\/# sourceMappingURL=live-assist-bridge\.umd\.js\.map$/);
    const { sources, sourcesContent } = map;
    expect(sources).toContain('../src/bridge/tag.ts');
    expect(sourcesContent).toHaveLength(sources.length);
    expect(sourcesContent.every(Boolean)).toBe(true);
  });
});
