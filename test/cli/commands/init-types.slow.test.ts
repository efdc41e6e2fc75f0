import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it, vi } from 'vitest';
import { listen } from '../../support/listen.js';
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

  it('give no token at a path that a CDN may take for a file, wherever Next routes it from', async () => {
    const contact = '5f1c9a52-7d3e-4b8a-9c41-0e2f6a7d1b01';
    const site = createSite({ 'package.json': '{ "dependencies": { "next": "16" } }' });
    await site.init();
    vi.stubEnv('NODE_ENV', 'development'); // Otherwise there is no trial visitor.
    vi.stubEnv('LIVE_ASSIST_ISSUER', 'www.example.com');
    vi.stubEnv('LIVE_ASSIST_PRIVATE_KEY_FILE', site.path('.live-assist/private_key.pem'));
    vi.stubEnv('LIVE_ASSIST_TRIAL_CONTACT', contact);
    const server = new URL('../../../src/server/index.ts', import.meta.url).href;
    const code = site.read('pages/api/live-assist/token.js');
    site.write('token.mjs', code.replace("'live-assist-bridge/server'", `'${server}'`));
    const { default: answer } = await import(site.path('token.mjs'));
    const { url, stop } = await listen(createServer(answer));
    const statuses = [
      '/api/live-assist/token',
      '/_next/data/4mgAi/api/live-assist/token.json',
      '/api/live-assist/%74oken',
    ].map(async (path) => (await fetch(url + path)).status);
    expect(await Promise.all(statuses)).toEqual([200, 404, 404]);
    await stop();
    vi.unstubAllEnvs();
  });
});
