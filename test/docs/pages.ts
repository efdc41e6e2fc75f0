/**
 * Reads the documentation: README.md, CONTRIBUTING.md, SECURITY.md and docs/*.md.
 *
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The text of a file in the repository. */
export const read = (path: string): string => readFileSync(`${root}${path}`, 'utf8');

/** Every page's path and text. */
export const pages: ReadonlyMap<string, string> = new Map(
  [
    ...['README.md', 'CONTRIBUTING.md', 'SECURITY.md'].filter((path) => existsSync(root + path)),
    ...readdirSync(`${root}docs`)
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ].map((path) => [path, read(path)]),
);

/** The text of one page. @throws Error if there is no such page. */
export function page(path: string): string {
  const text = pages.get(path);
  if (text === undefined) throw new Error(`There is no page ${path}.`);
  return text;
}

/** The code block that follows `<!-- example: NAME -->` on any page. @throws Error if there is not exactly one. */
export function example(name: string): string {
  const found = [...pages.values()].flatMap((text) =>
    text
      .split(`<!-- example: ${name} -->`)
      .slice(1)
      .map((rest) => /^\s*```\w+\n([\s\S]*?)\n *```/.exec(rest)?.[1] ?? ''),
  );
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} pages have an example ${name}.`);
  // An example inside a list is indented.
  const indent = /^ */.exec(found[0])?.[0] ?? '';
  return found[0].replaceAll(new RegExp(`^${indent}`, 'gm'), '');
}

/** The command lines in the blocks of a page or a part of it. */
export const commands = (text: string): string[] =>
  [...text.matchAll(/^ *```sh\n([\s\S]*?)\n *```/gm)].flatMap(([, block = '']) =>
    block.split('\n').map((line) => line.trim()),
  );

/** The text below a heading, up to the next heading of any level. */
export function section(path: string, heading: string): string {
  return new RegExp(`^#+ ${heading}\\n([\\s\\S]*?)(?=^#|(?![\\s\\S]))`, 'm').exec(page(path))?.[1] ?? '';
}

/** The cells in one column of the first table below a heading, without code quotes. `index` counts from 0. */
export function column(path: string, heading: string, index: number): string[] {
  const rows = /(?:^\|.*\|\n)+/m.exec(section(path, heading))?.[0].trim().split('\n') ?? [];
  return rows
    .slice(2)
    .map((row) =>
      (row.split(/(?<!\\)\|/)[index + 1] ?? '').trim().replaceAll('`', '').replaceAll('\\|', '|'),
    );
}
