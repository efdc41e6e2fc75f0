import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pack } from './packed.js';

let packed: Awaited<ReturnType<typeof pack>>;
beforeAll(async () => {
  packed = await pack();
}, 120_000);
afterAll(() => packed.remove());

describe('the packed tarball', () => {
  it('holds the recipes that the documentation names', () => {
    const page = readFileSync('docs/other-languages.md', 'utf8');
    const named = [...page.matchAll(/\]\(\.\.\/(demo\/recipes\/[^)#]+)/g)].map(([, path]) => path);
    expect(named.length).toBeGreaterThan(5);
    for (const path of named)
      expect(packed.files.filter((file) => file.startsWith(`${path}`))).not.toEqual([]);
  });

  it('holds besides them the manual, the licence, the changelog and the build', () => {
    const above = packed.files.filter((path) => !/^(dist|docs|demo\/(recipes|phones))\//.test(path));
    expect(above.sort()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'llms.txt',
      'package.json',
    ]);
    const odd = packed.files.filter((path) => path.startsWith('dist/') && !/\.(js|d\.ts)$/.test(path));
    expect(odd.sort()).toEqual([
      'dist/LICENSES.txt',
      'dist/diagnose.html',
      'dist/live-assist-bridge.umd.js.map',
    ]);
  });

  it('holds the declarations that an export leads to, and no other', () => {
    const entries = Object.values<{ types?: string }>(packed.manifest.exports).flatMap(
      ({ types }) => types ?? [],
    );
    const program = ts.createProgram({
      rootNames: entries.map((path) => join(packed.home, path)),
      options: { noLib: true, types: [], module: ts.ModuleKind.NodeNext },
    });
    const reached = program.getSourceFiles().map(({ fileName }) => relative(packed.home, fileName));
    const declarations = packed.files.filter((path) => path.endsWith('.d.ts'));
    expect(entries.length).toBeGreaterThan(3);
    expect(declarations.sort()).toEqual(reached.filter((path) => path.startsWith('dist')).sort());
  });

  it('names no path of the machine that built it', async () => {
    const texts = await Promise.all(packed.files.map(packed.read));
    for (const text of texts) expect(text).not.toContain(process.cwd());
  });

  it('has every file that package.json names', () => {
    const { exports, bin, unpkg, jsdelivr, sideEffects } = packed.manifest;
    const paths = JSON.stringify([exports, bin, unpkg, jsdelivr, sideEffects]).match(
      /(?<=")(\.\/)?dist[^"]+/g,
    );
    expect(paths?.length).toBeGreaterThan(10);
    for (const path of paths ?? []) expect(packed.files).toContain(path.replace('./', ''));
  });

  it('gives every module its types first', () => {
    const modules = Object.values<string | object>(packed.manifest.exports).filter(
      (target) => typeof target === 'object',
    );
    expect(modules.length).toBeGreaterThan(3);
    for (const target of modules) expect(Object.keys(target)).toEqual(['types', 'default']);
  });

  it('passes publint', async () => {
    const tarball = new Uint8Array(await readFile(packed.tarball)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it('passes "Are the types wrong?"', async () => {
    const attw = join(process.cwd(), 'node_modules/@arethetypeswrong/cli/dist/index.js');
    const options = [
      // Two scripts for pages, without exports that could have types.
      ...['--exclude-entrypoints', 'live-assist-bridge.umd.js', 'live-assist-engagement.js'],
      // TypeScript's node10 resolution does not support `exports`; Node from 20.19 on does.
      ...['--profile', 'node16'],
      // From Node 20.19 on, `require` takes an ES module.
      ...['--ignore-rules', 'cjs-resolves-to-esm'],
      ...['--format', 'json', '--no-definitely-typed'],
    ];
    const { stdout } = await promisify(execFile)(process.execPath, [attw, packed.tarball, ...options]);
    const { analysis } = JSON.parse(stdout);
    expect(Object.keys(analysis.entrypoints)).toEqual(
      Object.keys(packed.manifest.exports).filter((path) => !path.endsWith('.js')),
    );
  }, 120_000);
});
