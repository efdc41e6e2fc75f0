import { existsSync } from 'node:fs';
import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { page, pages, read } from './pages.js';

const { files, version } = JSON.parse(read('package.json')) as { files: string[]; version: string };

/** Derives an anchor from a heading like GitHub and npm. */
const slug = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const anchors = (text: string) =>
  [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    slug(heading),
  );

/** npm always ships these files. */
const always = /^(README|LICENSE|CHANGELOG)/;
// Pictures are larger than the rest of the archive together.
const isShipped = (path: string) =>
  path.endsWith('.png') || always.test(path) || files.some((entry) => `${path}/`.startsWith(`${entry}/`));

describe.each([...pages])('%s', (path, text) => {
  const links = [...text.replace(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/\]\(([^)\s]+)\)/g)].map(
    ([, target = '']) => target,
  );

  it('links to files and headings that exist', () => {
    for (const target of links.filter((link) => !/^\w+:/.test(link))) {
      const [file = '', anchor] = target.split('#');
      const resolved = file ? posix.join(posix.dirname(path), file) : path;
      expect([target, existsSync(resolved)]).toEqual([target, true]);
      if (anchor) expect([target, anchors(read(resolved)).includes(anchor)]).toEqual([target, true]);
    }
  });

  it.skipIf(!isShipped(path))('links only to what is shipped with it', () => {
    const local = links.filter((link) => !/^(\w+:|#)/.test(link)).map((link) => link.split('#')[0] ?? '');
    const missing = local
      .map((file) => posix.join(posix.dirname(path), file))
      .filter((file) => !isShipped(file));
    expect(missing).toEqual([]);
  });

  it('installs the package from the archive of this version', () => {
    for (const [archive] of text.matchAll(/live-assist-bridge-\d[\w.-]*?\.tgz/g))
      expect(archive).toBe(`live-assist-bridge-${version}.tgz`);
  });
});

it('llms.txt lists every page in docs', () => {
  const listed = [...read('llms.txt').matchAll(/\((docs\/[^)]+)\)/g)].map(([, path]) => path);
  expect(listed.sort()).toEqual([...pages.keys()].filter((path) => path.startsWith('docs/')).sort());
});

it('README.md has at most 200 lines', () => {
  expect(page('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(200);
});

it('README.md lists every page in docs', () => {
  for (const path of pages.keys())
    if (path.startsWith('docs/')) expect(page('README.md')).toContain(`(${path}`);
});
