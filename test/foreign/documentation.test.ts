import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { pages, read } from '../docs/pages.js';

// Below test/foreign, so that React, Vue and the servers' types are found there.
const folder = fileURLToPath(new URL('docs/', import.meta.url));

/** The folder in which an example's imports resolve. */
const places: Record<string, string> = {
  'next.ts': 'app/live-assist/token/route.ts',
  'react.tsx': 'react/use-live-assist.tsx',
  'react-component.tsx': 'react/account.tsx',
};

/** Every TypeScript block of the documentation, by its example's name, otherwise by its position. */
const blocks = [...pages]
  .filter(([path]) => path !== 'CONTRIBUTING.md')
  .flatMap(([path, text]) =>
    [...text.matchAll(/(?:<!-- example: ([\w.-]+) -->\s*)?^ *```(tsx?)\n([\s\S]*?)^ *```/gm)].map(
      ([, name, extension, code = ''], place) =>
        [places[name ?? ''] ?? name ?? `${path.replace(/\W/g, '-')}-${place}.${extension}`, code] as const,
    ),
  );

/** Modules that the pages leave to the reader. */
const own: Record<string, string> = {
  'fixtures.ts': "export { expect, test } from '@playwright/test';",
  'session.ts':
    'export declare function visitorOf(request: Request): Promise<{ verifiedEmail: string } | null>;',
  'azure.d.ts': `
    declare module '@azure/identity' {
      export class DefaultAzureCredential { getToken(scope: string): Promise<{ token: string } | null>; }
    }
    declare module '@azure/keyvault-keys' {
      export class CryptographyClient {
        constructor(id: string, credential: object);
        signData(algorithm: string, bytes: Uint8Array): Promise<{ result: Uint8Array }>;
      }
    }`,
};

// A package finds itself by its own name only from its own folder, and test/foreign is another package.
const { exports } = JSON.parse(read('package.json')) as {
  exports: Record<string, string | { types?: string }>;
};
const paths = Object.fromEntries(
  Object.entries(exports).flatMap(([entry, target]) =>
    typeof target === 'object' && target.types
      ? [
          [
            `live-assist-bridge${entry.slice(1)}`,
            [fileURLToPath(new URL(`../../${target.types}`, import.meta.url))],
          ],
        ]
      : [],
  ),
);

it('every TypeScript example compiles under strict settings', () => {
  expect(blocks.length).toBeGreaterThan(15);
  const files = new Map(
    [...Object.entries(own), ...blocks].map(([name, code]) => [`${folder}${name}`, code]),
  );
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    moduleDetection: ts.ModuleDetectionKind.Force,
    jsx: ts.JsxEmit.ReactJSX,
    types: ['node'],
    paths,
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name) ?? readFile(name);
  host.directoryExists = () => true;
  host.getSourceFile = (name, ...rest) => {
    const code = files.get(name);
    return code === undefined
      ? getSourceFile(name, ...rest)
      : ts.createSourceFile(name, code, ts.ScriptTarget.ES2022);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const line = file ? ts.getLineAndCharacterOfPosition(file, start).line + 1 : 0;
    return `${file?.fileName.slice(folder.length)}:${line} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
  });
  expect(problems).toEqual([]);
}, 120_000);
