/**
 * Writes the tables of codes into the page that lists them, from the source that `diagnose CODE` prints.
 *
 * @module
 */
import { codeTables } from '../../src/cli/codes/explain-code.js';
import { exampleFinding, findingGroups } from '../../src/cli/codes/finding-groups.js';
import type { CodeExplanation } from '../../src/diagnosis/codes/code-explanation.js';

/** The page with a table between `<!-- codes: NAME -->` and the next `<!-- / -->`. @throws Error for an unknown name. */
export function quoteCodes(page: string): string {
  return page.replace(
    /(<!-- codes: ([\w-]+) -->\n)[\s\S]*?(?=<!-- \/ -->)/g,
    (_, mark, name) => mark + tableOf(name),
  );
}

function tableOf(name: string): string {
  const group = Object.hasOwn(findingGroups, name) ? findingGroups[name] : undefined;
  if (group) {
    const rows = group.map(exampleFinding).map(({ code, level, message }) => [`\`${code}\``, level, message]);
    return table(['code', 'level', 'what `diagnose` says'], rows);
  }
  if (!Object.hasOwn(codeTables, name)) throw new Error(`There is no table of codes "${name}".`);
  const codes: [string, CodeExplanation][] = Object.entries(codeTables[name as keyof typeof codeTables]);
  const hasSee = codes.some(([, { see }]) => see !== undefined);
  return table(
    ['code', ...(hasSee ? ['you see'] : []), 'why', 'do'],
    joinEqual(
      codes.map(([code, { see = '', why, do: remedy = '' }]) => [
        `\`${code}\``,
        ...(hasSee ? [see] : []),
        capital(why),
        capital(remedy),
      ]),
    ),
  );
}

/** Joins neighbouring rows that differ only in their code. */
function joinEqual(rows: string[][]): string[][] {
  const joined: string[][] = [];
  for (const [code = '', ...cells] of rows) {
    const [before = '', ...cellsBefore] = joined.at(-1) ?? [];
    if (joined.length && cells.join('\n') === cellsBefore.join('\n'))
      joined[joined.length - 1] = [`${before}, ${code}`, ...cells];
    else joined.push([code, ...cells]);
  }
  return joined;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(inCell).join(' | ')} |\n`).join('');
}

const inCell = (text: string) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', '<br>');

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
