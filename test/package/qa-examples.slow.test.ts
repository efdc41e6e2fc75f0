/** The README's TypeScript for QA engineers compiles; e2e/testing-readme.spec.ts runs the suite in it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const blocks = [...readFileSync(`${root}README.md`, 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(
  ([, code = '']) => code,
);

/** What the README leaves to its reader. */
const own: Record<string, string> = {
  'fixtures.ts': "export { expect, test } from '@playwright/test';",
  'readers.d.ts':
    "declare function signIn(page: import('@playwright/test').Page, email: string): Promise<void>;",
};

it('the README’s TypeScript compiles under strict settings', () => {
  expect(blocks.length).toBeGreaterThan(2);
  const files = new Map(
    Object.entries({ ...own, ...Object.fromEntries(blocks.map((code, n) => [`block-${n}.ts`, code])) }).map(
      ([name, code]) => [`${root}test/package/${name}`, code],
    ),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  expect(problems).toEqual([]);
}, 60_000);
