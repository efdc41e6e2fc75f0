/** The first suite of docs/testing.md for QA engineers, run as it stands there against the demo. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import type { Page } from '@playwright/test';
import { expect, maya, signIn, test } from './testing/larkfield.js';

const filename = fileURLToPath(new URL('../docs/testing.md', import.meta.url));
const text = readFileSync(filename, 'utf8');
const [head = '', suite = ''] =
  /^[\s\S]*```ts\n\/\/ tests\/chat-start\.spec\.ts\nimport .*\n(?=([\s\S]*?)```)/.exec(text) ?? [];

test('docs/testing.md has a suite', () => expect(suite).toContain(maya.contact));

const run = compileFunction(suite, ['expect', 'test', 'signIn'], {
  filename,
  lineOffset: head.split('\n').length - 1,
});
run(expect, test, async (page: Page, email: string) => {
  expect(email).toBe(maya.email);
  await page.goto('/');
  await signIn(page, maya);
});
