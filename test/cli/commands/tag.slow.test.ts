import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commandLine } from '../command-line.js';

const printed = async (...options: string[]) => {
  const { code, out } = await commandLine(['tag', ...options]);
  expect(code).toBe(0);
  expect(out).toMatch(/^<script\n[\s\S]*\n {2}defer\n><\/script>\n$/);
  const unescaped = (value: string) => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  return Object.fromEntries(
    [...out.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name, value = '']) => [name, unescaped(value)]),
  );
};

it('prints a tag with the hash of the built file', async () => {
  const hash = createHash('sha384').update(readFileSync('dist/live-assist-bridge.umd.js')).digest('base64');
  expect(await printed()).toEqual({
    src: '/js/live-assist-bridge.umd.js',
    integrity: `sha384-${hash}`,
    crossorigin: 'anonymous',
    'data-token-endpoint': '/live-assist/token',
  });
});

it('accepts other addresses with any characters', async () => {
  const tag = await printed('--src', '/a"b.js?x=1&y=2', '--token-endpoint', 'https://shop.example/token');
  expect(tag).toMatchObject({ src: '/a"b.js?x=1&y=2', 'data-token-endpoint': 'https://shop.example/token' });
});
