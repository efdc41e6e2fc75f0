/**
 * What dist/try.js exports: the stand-in together with its styles and scripts.
 *
 * @module
 */
import { texts } from 'virtual:page-files';
import { startTry, type Trial, type TryOptions } from './start-try.js';

const types: Record<string, string> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

export function start(options: Omit<TryOptions, 'files'>): Promise<Trial> {
  return startTry({
    ...options,
    files: async (path) => {
      const text = Object.hasOwn(texts, path) ? texts[path] : undefined;
      return text === undefined
        ? undefined
        : { type: types[path.split('.').pop() ?? ''] ?? 'text/plain', text };
    },
  });
}
