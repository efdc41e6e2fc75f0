/**
 * Lets tests run the documentation's examples: `import … from 'docs:react.tsx'` is the code block behind
 * `<!-- example: react.tsx -->`.
 *
 * @module
 */
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { example } from './pages.js';

const readersOwn = fileURLToPath(new URL('readers-own.ts', import.meta.url));

export const examplesPlugin = {
  name: 'docs-examples',
  resolveId(id: string, importer?: string) {
    if (id.startsWith('docs:')) return `\0${id}`;
    if (!importer?.startsWith('\0docs:')) return undefined;
    if (id.endsWith('/token-endpoint.js')) return '\0docs:token-endpoint.ts';
    // What belongs to the reader, or needs a cloud.
    return id === './session.js' || /^@(azure|opentelemetry|applicationinsights)\//.test(id)
      ? readersOwn
      : undefined;
  },
  load(id: string) {
    const name = /^\0docs:(.*)$/.exec(id)?.[1];
    if (!name) return undefined;
    const { Preserve, ReactJSX } = { Preserve: ts.ModuleKind.Preserve, ReactJSX: ts.JsxEmit.ReactJSX };
    return ts.transpile(example(name), { module: Preserve, target: ts.ScriptTarget.ES2022, jsx: ReactJSX });
  },
};
