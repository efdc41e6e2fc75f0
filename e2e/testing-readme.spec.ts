/**
 * Runs the examples of docs/testing.md unchanged against the demo.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { compileFunction } from 'node:vm';
import type { Page } from '@playwright/test';
import { expect, maya, signIn, test, zoe } from './testing/larkfield.js';

const filename = fileURLToPath(new URL('../docs/testing.md', import.meta.url));
const text = readFileSync(filename, 'utf8');

/** The code of an example without its imports, and its line number. */
function example(name: string): { code: string; line: number } {
  const start = text.indexOf(`<!-- example: ${name} -->`);
  const [, body = ''] =
    /^[^\n]*\n```ts\n(?:\/\/.*\n)?(?:import .*\n)*([\s\S]*?)```/.exec(text.slice(start)) ?? [];
  return { code: body, line: text.slice(0, text.indexOf(body, start)).split('\n').length - 1 };
}

const visitors = [maya, zoe];

/** Runs an example with the values that its imports or context provide. */
function run(name: string, given: Record<string, unknown>): void {
  const { code, line } = example(name);
  compileFunction(code, Object.keys(given), { filename, lineOffset: line })(...Object.values(given));
}

test('docs/testing.md has a suite', () => expect(example('chat-start.spec.ts').code).toContain(maya.contact));

const byEmail = async (page: Page, email: string) => {
  const visitor = visitors.find((one) => one.email === email);
  if (!visitor) throw new Error(`${email} is not a visitor of the demo.`);
  await page.goto('/');
  await signIn(page, visitor);
};

run('chat-start.spec.ts', { expect, test, signIn: byEmail });
run('two-visitors.spec.ts', { expect, test, signIn: byEmail });
run('secrets.spec.ts', { expect, test, signIn: byEmail });
run('identities.spec.ts', { expect, test, signIn: byEmail });
