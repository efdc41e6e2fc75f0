import { readFileSync } from 'node:fs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
import typescript from '@rollup/plugin-typescript';

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));

/** The ES modules, one file per source file, each with its .d.ts beside it. */
const modules = {
  input: [
    'src/bridge/index.ts',
    'src/server/index.ts',
    'src/cli/main.ts',
    'src/testing/engagement.ts',
    'src/testing/playwright.ts',
  ],
  external: [/^node:/, 'ky', 'jose', '@playwright/test'],
  output: { dir: 'dist', format: 'es', preserveModules: true, preserveModulesRoot: 'src' },
  plugins: [
    typescript({
      include: ['src/**/*.ts'],
      filterRoot: '.',
      compilerOptions: {
        noEmit: false,
        declaration: true,
        declarationDir: 'dist',
        rootDir: 'src',
        outDir: 'dist',
      },
      noEmitOnError: true,
    }),
  ],
};

/** The script tag's file. */
const tag = {
  input: 'src/bridge/script.ts',
  output: {
    file: 'dist/live-assist-bridge.umd.js',
    format: 'umd',
    name: 'liveAssistBridge',
    amd: { id: 'live-assist-bridge' },
    extend: true,
    sourcemap: true,
    // With its attribute the file installs itself, on a page with an AMD loader too: there it must not see `define`.
    banner: `/*! live-assist-bridge ${version} | MIT */(function(define){`,
    footer:
      "})(globalThis.document&&(document.currentScript?.dataset.tokenEndpoint!=null||document.querySelectorAll('script[data-token-endpoint]').length==1)?void 0:globalThis.define);",
  },
  plugins: [
    nodeResolve({ browser: true }),
    typescript({
      include: ['src/**/*.ts'],
      filterRoot: '.',
      compilerOptions: { noEmit: false },
      noEmitOnError: true,
    }),
    terser({ ecma: 2020, compress: { passes: 3 }, format: { comments: /^!/ } }),
  ],
};

/** The engagement as a plain script: one global function, for test tools which import no modules into a page. */
const engagement = {
  input: 'src/testing/engagement.ts',
  output: { file: 'dist/live-assist-engagement.js', format: 'iife', name: 'globalThis', extend: true },
  plugins: [
    typescript({
      include: ['src/testing/engagement.ts'],
      filterRoot: '.',
      compilerOptions: { noEmit: false },
      noEmitOnError: true,
    }),
  ],
};

export default [modules, tag, engagement];
