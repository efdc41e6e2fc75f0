/**
 * Lets tests run the documentation's examples: `import … from 'docs:react.tsx'` is the code block behind
 * `<!-- example: react.tsx -->`.
 *
 * @module
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { example } from './pages.js';

/** Returns the script of a Vue component, with its template inside. */
function compileComponent(text: string): string {
  const vue: Compiler = createRequire(new URL('../foreign/package.json', import.meta.url))(
    'vue/compiler-sfc',
  );
  return vue.compileScript(vue.parse(text).descriptor, { id: 'documented', inlineTemplate: true }).content;
}

/** The part of Vue's compiler that is used here. */
interface Compiler {
  parse(text: string): { descriptor: object };
  compileScript(descriptor: object, options: object): { content: string };
}

const readersOwn = fileURLToPath(new URL('readers-own.ts', import.meta.url));

export const examplesPlugin = {
  name: 'docs-examples',
  resolveId(id: string, importer?: string) {
    if (id.startsWith('docs:')) return `\0${id}`;
    if (!importer?.startsWith('\0docs:')) return undefined;
    if (/\/token-endpoint(\.js)?$/.test(id)) return '\0docs:token-endpoint.ts';
    if (id === './use-live-assist') return `\0docs:${importer.endsWith('.vue') ? 'vue.ts' : 'react.tsx'}`;
    // Modules that belong to the reader, or need a cloud.
    return id === './session.js' || /^@(azure|opentelemetry|applicationinsights)\//.test(id)
      ? readersOwn
      : undefined;
  },
  load(id: string) {
    const name = /^\0docs:(.*)$/.exec(id)?.[1];
    if (!name) return undefined;
    const { Preserve, ReactJSX } = { Preserve: ts.ModuleKind.Preserve, ReactJSX: ts.JsxEmit.ReactJSX };
    const code = name.endsWith('.vue') ? compileComponent(example(name)) : example(name);
    return ts.transpile(code, { module: Preserve, target: ts.ScriptTarget.ES2022, jsx: ReactJSX });
  },
};
