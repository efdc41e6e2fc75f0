/** Serves one folder's browser files: styles as they are, TypeScript as JavaScript. */
import { readdirSync, readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { Hono } from 'hono';

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Loaded when the first page asks: the compiler takes longer than all else that starts. */
async function toJavaScript(source: string): Promise<string> {
  const { default: ts } = await import('typescript');
  return ts.transpile(source, {
    module: ts.ModuleKind.ESNext,
    target: ts.ScriptTarget.ES2022,
    verbatimModuleSyntax: true,
  });
}

/** Serves what the folder holds now, and nothing else. */
export function pageFiles(folder: string): Hono {
  const url = new URL(`${folder}/`, import.meta.url);
  const files = new Map<string, () => string | Promise<string>>();
  for (const name of readdirSync(url)) {
    const read = () => readFileSync(new URL(name, url), 'utf8');
    let script: Promise<string> | undefined;
    if (extname(name) === '.ts')
      files.set(name.replace(/ts$/, 'js'), () => {
        script ??= toJavaScript(read());
        return script;
      });
    else if (extname(name) in types) files.set(name, read);
  }
  return new Hono().get('/:name', async (c, next) => {
    const name = c.req.param('name');
    const text = files.get(name);
    if (!text) return next();
    return c.body(await text(), 200, {
      'Content-Type': types[extname(name)] ?? 'text/plain',
      'Cache-Control': 'no-cache',
      // The engagement's files are loaded by pages of another origin, as the vendor's are.
      'Access-Control-Allow-Origin': '*',
    });
  });
}
