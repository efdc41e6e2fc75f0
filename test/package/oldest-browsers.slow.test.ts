import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';

const oldest = ['chrome97', 'firefox96', 'safari15.4'];

/** Every script of ours that a page loads. */
const scripts = [
  'dist/live-assist-bridge.umd.js',
  'dist/live-assist-engagement.js',
  'dist/testing/engagement.js',
  ...reachedFrom('dist/bridge/index.js'),
];

/** The module and everything that it imports. */
function reachedFrom(path: string, reached = new Set<string>()): Set<string> {
  if (reached.has(path)) return reached;
  reached.add(path);
  for (const [, target = ''] of readFileSync(path, 'utf8').matchAll(/from '(\.[^']+)'/g))
    reachedFrom(posix.join(posix.dirname(path), target), reached);
  return reached;
}

/** The code as esbuild writes it for these browsers. It rewrites syntax that one of them lacks. */
async function written(code: string, target: string | string[]): Promise<string> {
  return (await transform(code, { target, logLevel: 'silent' })).code;
}

/** Functions newer than Chrome 97, Firefox 96 or Safari 15.4, in every form in which a script can call them. */
const tooYoung = new RegExp(
  [
    'AbortSignal\\.(any|timeout)',
    'Array\\.fromAsync',
    'CSS\\.registerProperty',
    'Error\\.(captureStackTrace|isError)',
    'Iterator\\.',
    'Map\\.groupBy',
    'Object\\.groupBy',
    'Promise\\.(try|withResolvers)',
    'ReadableStream\\.from',
    'RegExp\\.escape',
    'Response\\.json',
    'Symbol\\.(asyncDispose|dispose)',
    'URL\\.(canParse|parse)\\b',
    '\\.(findLast|findLastIndex|toReversed|toSorted|toSpliced)\\(',
    '\\.(isWellFormed|toWellFormed)\\(',
    '\\.(difference|intersection|isDisjointFrom|isSubsetOf|isSupersetOf|symmetricDifference|union)\\(',
    '\\.(bytes|fromBase64|fromHex|getSetCookie|throwIfAborted|toBase64|toHex|transferToFixedLength)\\(',
    '\\b(CompressionStream|cookieStore|navigation|requestIdleCallback|scheduler|structuredClone)\\b[.(]',
    'isSecureContext\\(|navigator\\.(connection|deviceMemory|userAgentData)|performance\\.memory',
  ].join('|'),
  'g',
);

describe('in Chrome 97, Firefox 96 and Safari 15.4', () => {
  it.each(scripts)('no syntax of %s is unknown', async (path) => {
    const code = readFileSync(path, 'utf8');
    expect(await written(code, oldest)).toBe(await written(code, 'esnext'));
  });

  it.each(['class A { static {} }', '/(?<=a)b/', 'using a = b', '/a/v'])(
    'the syntax of %s is recognised as unknown',
    async (code) => {
      expect(await written(code, oldest).catch(() => 'refused')).not.toBe(await written(code, 'esnext'));
    },
  );

  it.each(scripts)('no function that %s calls is missing', (path) => {
    const found = new Set(readFileSync(path, 'utf8').match(tooYoung));
    // ky checks first whether these exist.
    for (const name of ['AbortSignal.any', '.throwIfAborted(', '.bytes('])
      if (/umd|ky/.test(path)) found.delete(name);
    expect([...found]).toEqual([]);
  });
});
