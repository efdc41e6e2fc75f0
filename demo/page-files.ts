/** Serves one folder's browser files: styles as they are, TypeScript as JavaScript. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Hono } from 'hono';
import ts from 'typescript';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

const compilerOptions = {
  module: ts.ModuleKind.ESNext,
  target: ts.ScriptTarget.ES2022,
  verbatimModuleSyntax: true,
};

/** Reads the folder once; serves nothing else. */
export function pageFiles(folder: string): Hono {
  const url = new URL(`${folder}/`, import.meta.url);
  const files = new Map<string, string>();
  for (const name of readdirSync(url)) {
    const text = () => readFileSync(new URL(name, url), 'utf8');
    if (extname(name) === '.ts') files.set(name.replace(/ts$/, 'js'), ts.transpile(text(), compilerOptions));
    else if (extname(name) in types) files.set(name, text());
  }
  return new Hono().get('/:name', (c, next) => {
    const text = files.get(c.req.param('name'));
    if (text === undefined) return next();
    return c.body(text, 200, {
      'Content-Type': types[extname(c.req.param('name'))] ?? 'text/plain',
      'Cache-Control': 'no-cache',
      // The engagement's files are loaded by pages of another origin, as the vendor's are.
      'Access-Control-Allow-Origin': '*',
    });
  });
}
