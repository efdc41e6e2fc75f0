/**
 * The recipe in Java.
 *
 * @module
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isATokenEndpoint } from './is-a-token-endpoint.js';
import { compileJava, findJava, javaServer } from './java.js';

const program = findJava('the recipe in Java');

isATokenEndpoint({
  name: 'Java',
  file: 'java/LiveAssistToken.java',
  body: {
    delivered: '        return null;\n    }\n\n    /** Its message is our',
    replaced:
      '        String who = request.getFirst("X-Visitor");\n        return who == null ? null : java.net.URLDecoder.decode(who, StandardCharsets.UTF_8);\n    }\n\n    /** Its message is our',
  },
  program,
  prepare: compileJava,
  start: javaServer,
});

describe.skipIf(!program)('the Java recipe in a package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'live-assist-package-'));

  afterAll(() => rmSync(folder, { recursive: true }));

  it("answers another package's servlet with the lines in its head", () => {
    const recipe = readFileSync(
      new URL('../../demo/recipes/java/LiveAssistToken.java', import.meta.url),
      'utf8',
    );
    const servlet = readFileSync(new URL('LiveAssistController.java', import.meta.url), 'utf8');
    const lines = [...recipe.matchAll(/^\/\/ {8}(\s*\S.*)$/gm)].map(([, line]) => line).join('\n');
    expect(servlet).toContain('// THE HEAD');
    const put = (path: string, text: string) => {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
      return join(folder, path);
    };
    const files = [
      put('com/example/site/LiveAssistToken.java', `package com.example.site;\n${recipe}`),
      put('com/example/web/LiveAssistController.java', servlet.replace(/\/\/ THE HEAD.*/, lines)),
    ];
    execFileSync('javac', ['-d', folder, ...files]);
    const run = (method: string) =>
      execFileSync('java', ['-cp', folder, 'com.example.web.LiveAssistController', method], {
        encoding: 'utf8',
      })
        .trim()
        .split(/\r?\n/);
    const headers = [
      'Content-Type: application/json',
      'Cache-Control: no-store',
      'Vary: Cookie, Authorization',
      'X-Content-Type-Options: nosniff',
    ];
    expect(run('GET')).toEqual(['401', ...headers, '{"error":"signed-out"}']);
    expect(run('PUT')).toEqual(['405', ...headers, 'Allow: GET, POST', '{"error":"method-not-allowed"}']);
  });
});
