import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { createSite } from '../init-site.js';

describe('the endpoints that init writes for Node', () => {
  it('pass the strictest settings of TypeScript', async () => {
    const site = createSite({
      'package.json': '{ "type": "module", "dependencies": { "express": "5" } }',
      'server.ts': '',
    });
    await site.init();
    const next = createSite({
      'package.json': '{ "dependencies": { "next": "16" } }',
      'tsconfig.json': '{}',
      'app/page.tsx': '',
    });
    await next.init();
    const files = [site.path('live-assist.ts'), next.path('pages/api/live-assist/token.ts')];
    const text = (path: string) => readFileSync(path, 'utf8');
    for (const path of files) expect(text(path)).not.toMatch(/[«»]/);
    const root = process.cwd();
    const program = ts.createProgram({
      rootNames: files,
      options: {
        strict: true,
        noUnusedLocals: true,
        noUnusedParameters: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noEmit: true,
        skipLibCheck: true,
        types: ['node'],
        typeRoots: [join(root, 'node_modules/@types')],
        lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
        target: ts.ScriptTarget.ES2022,
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        baseUrl: root,
        ignoreDeprecations: '6.0',
        paths: { 'live-assist-bridge/server': ['src/server/index.ts'] },
      },
    });
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText, file }) => [
        file?.fileName.split('/').at(-1),
        ts.flattenDiagnosticMessageText(messageText, ' '),
      ]);
    expect(problems.filter(([file]) => files.some((path) => path.endsWith(`${file}`)))).toEqual([]);
  });
});
