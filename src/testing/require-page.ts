/**
 * Checks that a test passes a page or a frame.
 *
 * @module
 */
import type { Frame, Page } from '@playwright/test';

/** @throws TypeError for anything but a page. */
export function requirePage(caller: string, value: unknown): asserts value is Page {
  if (isPage(value)) return;
  throw new TypeError(
    `${caller}() was not given a page. Pass a Page: ${caller}(page). ${remedy(value)}`.trim(),
  );
}

/** @throws TypeError for anything but a page or a frame. */
export function requirePageOrFrame(caller: string, value: unknown): asserts value is Page | Frame {
  if (isPage(value) || isFrame(value)) return;
  throw new TypeError(
    `${caller}() was not given a page or a frame. Pass a Page, or a Frame: ${caller}(page). ${remedy(value)}`.trim(),
  );
}

const has = (value: unknown, ...names: string[]) =>
  typeof value === 'object' &&
  value !== null &&
  names.every((name) => typeof Reflect.get(value, name) === 'function');

const isPage = (value: unknown) => has(value, 'mainFrame', 'context', 'exposeBinding');
const isFrame = (value: unknown) => has(value, 'page', 'parentFrame', 'childFrames');

function remedy(value: unknown): string {
  if (value instanceof Promise) return 'Await the promise first.';
  if (has(value, 'newPage', 'addInitScript')) return 'This is a context: open a page in it with newPage().';
  if (has(value, 'contentFrame') || has(value, 'frameLocator'))
    return 'A locator has no frame of its own: use page.frame({ name }) or page.frames().';
  return '';
}
