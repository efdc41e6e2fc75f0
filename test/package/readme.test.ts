import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as browser from 'live-assist-bridge';
import { describe, expect, it } from 'vitest';
import { optionNames } from '../../src/bridge/options.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const readme = read('README.md');

/** The cells of the table below a heading, without code quotes; `column` counts from 0. */
function column(heading: string, index: number): string[] {
  const section = readme.split(`\n### ${heading}\n`)[1]?.split('\n#')[0] ?? '';
  const rows = section.match(/^\|.*\|$/gm) ?? [];
  return rows.slice(2).map((row) => (row.split(/(?<!\\)\|/)[index + 1] ?? '').trim().replaceAll('`', ''));
}

const dashed = (name: string) => `data-${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

describe('the README', () => {
  it('lists every error code and no other', () => {
    const union = read('src/bridge/errors.ts').split('BridgeErrorCode =')[1]?.split(';')[0] ?? '';
    const codes = [...union.matchAll(/'([\w-]+)'/g)].map(([, code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(column('Error codes', 0)).toEqual(codes);
  });

  it('lists every option, with the attribute of each that a tag can hold', () => {
    const names = column('Options and attributes', 0);
    expect([...names].sort()).toEqual([...optionNames].sort());
    const attributes = column('Options and attributes', 1);
    for (const [index, name] of names.entries())
      expect(attributes[index]).toBe(/^(fetchToken|headers|onError)$/.test(name) ? '' : dashed(name));
  });

  it('gives the defaults that hold', () => {
    const defaults = read('src/bridge/options.ts').split('const defaults = {')[1]?.split('}')[0] ?? '';
    const given = [...defaults.matchAll(/(\w+): '?([\w-]+)'?,/g)].map(
      ([, name, value]) => `${name} ${value}`,
    );
    const values = column('Options and attributes', 2);
    const listed = column('Options and attributes', 0).map((name, index) => `${name} ${values[index]}`);
    expect(given).toHaveLength(6);
    expect(listed).toEqual(expect.arrayContaining(given));
    expect(values.filter(Boolean)).toHaveLength(6);
  });

  it('names every export for the browser', () => {
    for (const name of Object.keys(browser)) expect(column('Exports', 1)).toContain(name);
  });

  it('has a tag to copy with the hash of the built file and the version of the package', () => {
    const hash = createHash('sha384').update(read('dist/live-assist-bridge.umd.js')).digest('base64');
    expect(readme.match(/integrity="([^"]+)"/)?.[1]).toBe(`sha384-${hash}`);
    const { version } = JSON.parse(read('package.json'));
    expect([...readme.matchAll(/live-assist-bridge@(\d[^/]*)\//g)].map(([, given]) => given)).toEqual([
      version,
    ]);
  });

  it('leads nowhere that is not there', () => {
    const slug = (heading: string) =>
      heading
        .toLowerCase()
        .replace(/[^\w\- ]/g, '')
        .replaceAll(' ', '-');
    const anchors = [...readme.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slug(heading));
    for (const [, target = ''] of readme.matchAll(/\]\(#([^)]+)\)/g)) expect(anchors).toContain(target);
  });
});
