import { join, relative } from 'node:path';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { rollup } from 'rollup';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from './packed.js';

let packed: Awaited<ReturnType<typeof pack>>;
beforeAll(async () => {
  packed = await pack();
}, 120_000);
afterAll(() => packed.remove());

/** Bundles a site's module for browsers, and returns our folders and the packages with code in the bundle. */
async function bundle(code: string) {
  const entry = join(packed.folder, 'site.js');
  const build = await rollup({
    input: entry,
    plugins: [
      {
        name: 'site',
        resolveId: (id) => (id === entry ? id : undefined),
        load: (id) => (id === entry ? code : undefined),
      },
      nodeResolve({ browser: true }),
    ],
    onLog(_level, { code, message }) {
      if (code !== 'EMPTY_BUNDLE') throw new Error(message);
    },
  });
  const { output } = await build.generate({ format: 'es' });
  const [{ modules, imports, code: text }] = output;
  const parts = Object.entries(modules)
    .filter(([id, { code }]) => id !== entry && code)
    .map(([id]) =>
      id.startsWith(packed.home)
        ? relative(packed.home, id).split(/[\\/]/).slice(0, 2).join('/')
        : id.replace(/.*node_modules[\\/]([\w-]+).*/, '$1'),
    );
  return { parts: [...new Set(parts)].sort(), imports, text };
}

describe('a bundle for browsers', () => {
  it('with createBridge contains only the bridge and the contract', async () => {
    const { parts, imports, text } = await bundle(
      `import { createBridge } from 'live-assist-bridge'; createBridge({ tokenEndpoint: '/token' });`,
    );
    expect(parts).toEqual(['dist/bridge', 'dist/contract']);
    expect(imports).toEqual([]);
    expect(text).not.toMatch(/jose|node:|PRIVATE KEY/);
  });

  it('with BridgeError alone leaves the bridge out', async () => {
    const { parts, text } = await bundle(
      `import { BridgeError } from 'live-assist-bridge'; console.log(BridgeError);`,
    );
    expect(parts).toEqual(['dist/bridge']);
    expect(text).not.toContain('localStorage');
  });

  it.each(['', '/server', '/testing'])(
    'that imports live-assist-bridge%s and uses nothing holds nothing',
    async (path) => {
      expect(await bundle(`import 'live-assist-bridge${path}';`)).toMatchObject({ parts: [], imports: [] });
    },
  );

  it('keeps the tag’s file, which is imported for what it does', async () => {
    const { text } = await bundle(`import 'live-assist-bridge/live-assist-bridge.umd.js';`);
    expect(text).toContain('currentScript');
  });
});

describe('a bundle of the server kit', () => {
  it('needs no Node APIs, only Web APIs', async () => {
    const { parts, imports } = await bundle(
      `import * as server from 'live-assist-bridge/server'; globalThis.server = server;`,
    );
    expect(parts).toEqual(['dist/contract', 'dist/diagnosis', 'dist/key', 'dist/server', 'jose', 'ky']);
    expect(imports).toEqual([]);
  });
});

describe('a bundle of the engagement', () => {
  it('holds its one file', async () => {
    const { parts, imports } = await bundle(
      `import { startEngagement } from 'live-assist-bridge/testing'; startEngagement();`,
    );
    expect(parts).toEqual(['dist/testing']);
    expect(imports).toEqual([]);
  });
});
